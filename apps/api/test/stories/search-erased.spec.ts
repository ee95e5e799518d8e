import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Housekeeping } from '../../src/indexing/housekeeping.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';

const inTenDays = () => new Date(Date.now() + 10 * 86_400_000);

describe('an erased wiki', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let alice: WikiKit;
  beforeAll(async () => {
    app = await startApp();
    alice = await aWiki(app, 'alice', 'notes');
  });
  afterAll(() => app?.stop());

  it('leaves no chunk of its pages, also where meanings were searched only before', async () => {
    const [{ wiki } = { wiki: { id: '' } }] = await app.rooms.wikis.all();
    const folder = join(app.dataDir, 'index', wiki.id);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'chunks.vectors'), 'what a page said');
    expect((await alice.platform.delete('/wikis/alice/notes', { confirmation: 'alice/notes' })).status).toBeLessThan(
      300,
    );
    const housekeeping = new Housekeeping(app.rooms);

    await housekeeping.sweep();
    expect(existsSync(folder)).toBe(true);
    await housekeeping.sweep(inTenDays());

    expect(existsSync(folder)).toBe(false);
  });
});
