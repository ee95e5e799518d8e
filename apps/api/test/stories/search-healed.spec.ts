import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Housekeeping } from '../../src/indexing/housekeeping.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';

describe('the tables of keyword search', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let wiki: WikiKit;
  const found = async () => {
    const { status, body } = await wiki.rest.get('/search?q=salaries');
    return [status, body.total];
  };

  beforeAll(async () => {
    // The job that follows a write would mend the tables before they are seen to be gone.
    app = await startApp({ JOBS: 'off' });
    wiki = await aWiki(app, 'alice', 'notes');
    expect((await wiki.rest.put('/pages/Payroll', { content: 'Salaries are paid monthly.\n' })).status).toBe(201);
    expect(await found()).toEqual([200, 1]);
  });
  afterAll(() => app?.stop());

  it.each([
    ['emptied', 'TRUNCATE keyword_pages, keyword_words, keyword_totals'],
    ['dropped in part', 'DROP TABLE keyword_words'],
    ['dropped', 'DROP TABLE keyword_pages, keyword_words, keyword_totals; DROP FUNCTION keyword_spelling(text)'],
  ])('%s, are filled again by the next sweep', async (_, sql) => {
    await app.rooms.database.source.query(sql);
    expect(await found()).not.toEqual([200, 1]);

    await new Housekeeping(app.rooms).sweep();

    expect(await found()).toEqual([200, 1]);
    // Once it is whole it is left alone.
    expect(await app.rooms.catalogue.lagging()).toEqual([]);
  });
});
