import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';

describe('the settings of a wiki', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let alice: WikiKit;
  beforeAll(async () => {
    app = await startApp();
    alice = await aWiki(app, 'alice', 'notes');
  });
  afterAll(() => app?.stop());

  it('stand beside its repository as soon as they are changed, so that a lost database does not lose them', async () => {
    const [{ id }] = await app.rooms.database.source.query<[{ id: string }]>('SELECT id FROM wikis');
    const kept = async () => JSON.parse(await readFile(join(app.dataDir, 'repositories', id, 'wikibot.json'), 'utf8'));
    expect(await kept()).toMatchObject({ slug: 'notes', settings: { linkOrder: 'target-first' } });

    const changed = await alice.rest.patch('', {
      link_order: 'label-first',
      categories: ['person', 'place'],
    });

    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    expect(await kept()).toMatchObject({ settings: { linkOrder: 'label-first', categories: ['person', 'place'] } });
  });
});
