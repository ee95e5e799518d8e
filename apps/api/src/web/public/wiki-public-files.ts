import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { GitError } from '@lib/git';
import { type PageAddress, Pages, WikiError } from '@lib/wiki';
import { Addresses } from '../../http/addresses.js';
import { Frames } from '../layout/frames.js';
import { llmsFull, llmsList, type ToldWiki } from './llms.js';
import { mostEntries, sitemap } from './sitemaps.js';

const atOnce = 1_000;
const mostListed = 20_000;
/** How long the text of all pages may be, in bytes; `docs/web.md` names it. */
const mostBytes = 16 << 20;

/** What public wikis tell search engines and language models. */
@Injectable()
export class WikiPublicFiles {
  constructor(
    private readonly pages: Pages,
    private readonly addresses: Addresses,
    private readonly frames: Frames,
  ) {}

  /** The file of this name; null where there is none, as in private wikis. */
  async of(access: Access<'page.read'>, name: string, part?: string): Promise<StreamableFile | null> {
    if (access.wiki.visibility !== 'public') return null;
    if (name === 'sitemap.xml') return this.sitemap(access, part);
    if (name === 'llms.txt') return this.list(access);
    return name === 'llms-full.txt' ? this.full(access) : null;
  }

  private async sitemap(access: Access<'page.read'>, part = '1'): Promise<StreamableFile | null> {
    const number = /^[1-9]\d{0,5}$/.test(part) ? Number(part) : null;
    if (number === null) return null;
    const from = (number - 1) * mostEntries;
    if (number > 1 && (await this.pages.count(access.wiki.id)) <= from) return null;
    const parts = this.parts(access, from, from + mostEntries);
    const entries = mapped(parts, ({ path, updatedAt }) => ({
      address: this.address(access, path),
      changed: updatedAt,
    }));
    return stream(sitemap(entries), 'application/xml; charset=utf-8');
  }

  private async list(access: Access<'page.read'>): Promise<StreamableFile> {
    const count = await this.pages.count(access.wiki.id);
    const pages = mapped(this.parts(access, 0, mostListed), (page) => this.told(access, page));
    return stream(llmsList(this.wiki(access), pages, count - mostListed), 'text/plain; charset=utf-8');
  }

  private full(access: Access<'page.read'>): StreamableFile {
    return stream(llmsFull(this.wiki(access), this.texts(access), mostBytes), 'text/plain; charset=utf-8');
  }

  private async *texts(access: Access<'page.read'>) {
    for await (const pages of this.parts(access, 0, Infinity)) {
      for (const page of pages) {
        const bytes = await this.bytes(access, page.path);
        if (bytes !== null) yield { name: page.path, address: this.address(access, page.path), bytes };
      }
    }
  }

  /** Null for a page that was deleted meanwhile, or that cannot be read. */
  private async bytes(access: Access<'page.read'>, path: string): Promise<Buffer | null> {
    try {
      return (await this.pages.source(access, { path })).bytes;
    } catch (error) {
      if (error instanceof WikiError || error instanceof GitError) return null;
      throw error;
    }
  }

  private async *parts(access: Access<'page.read'>, from: number, to: number): AsyncGenerator<PageAddress[]> {
    for (let offset = from; offset < to; offset += atOnce) {
      const pages = await this.pages.addresses(access, { offset, limit: Math.min(atOnce, to - offset) });
      yield pages;
      if (pages.length < atOnce) return;
    }
  }

  private told(access: Access, { path, name }: PageAddress) {
    return { name, address: `${this.address(access, path)}.md` };
  }

  private wiki(access: Access): ToldWiki {
    const { wiki } = access;
    const at = this.addresses.wiki(wiki);
    const { name, purpose } = wiki;
    const mcp = this.addresses.mcp(wiki);
    return { name, purpose, mcp, full: `${at}/llms-full.txt`, sitemap: `${at}/sitemap.xml` };
  }

  private address(access: Access, path: string): string {
    return this.frames.canonical(access, pageAddress(this.frames.base(access), path));
  }
}

async function* mapped<A, B>(parts: AsyncIterable<readonly A[]>, change: (one: A) => B): AsyncGenerator<B[]> {
  for await (const part of parts) yield part.map(change);
}

const stream = (pieces: AsyncIterable<string | Buffer>, type: string): StreamableFile =>
  new StreamableFile(Readable.from(pieces), { type });
