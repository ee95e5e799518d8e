import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { forFrames, serveDiagramFrame } from './diagram-frame.js';

/** Below `-`, which is no page of any wiki, so that it is the same on every host. */
const prefix = '/-/assets/';

/** Styles and scripts of the web pages. Their names hold the hash of what is in them, so browsers keep them for good. */
export class WebAssets {
  private constructor(
    readonly folder: string | null,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  /** Finds what was built, beside the compiled server or at the root of the checkout. */
  static find(): WebAssets {
    let folder = dirname(fileURLToPath(import.meta.url));
    while (dirname(folder) !== folder) {
      const manifest = join(folder, 'dist', 'web', 'manifest.json');
      if (existsSync(manifest)) {
        const names = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>;
        return new WebAssets(dirname(manifest), new Map(Object.entries(names)));
      }
      folder = dirname(folder);
    }
    return new WebAssets(null, new Map());
  }

  /** Where a browser finds it. */
  address(name: string): string {
    return `${prefix}${this.names.get(name) ?? name}`;
  }

  /** Serves what was built, and the frame that draws diagrams. */
  async serve(app: NestFastifyApplication): Promise<void> {
    serveDiagramFrame(app, this);
    if (this.folder === null) return;
    const options = { root: this.folder, prefix, wildcard: false, index: false, decorateReply: false };
    await app.register(fastifyStatic, {
      ...{ ...options, immutable: true, maxAge: '365d' },
      setHeaders: forFrames,
    } as never);
  }
}
