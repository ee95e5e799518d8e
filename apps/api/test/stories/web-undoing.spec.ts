import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../kit/app.js';
import { aWebWiki } from '../kit/a-web-wiki.js';
import { type WikiKit } from '../kit/a-wiki.js';
import { attributeOf, textOf, type WebClient, type WebPage } from '../kit/web-client.js';

describe('taking back and looking back in a browser without script', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let alice: WebClient;
  let stranger: WebClient;

  beforeAll(async () => {
    ({ app, wiki, alice, stranger } = await aWebWiki());
  });
  afterAll(() => app?.stop());

  const at = (path: string) => `/@alice/garden/${path}`;
  const page = (path: string) => wiki.rest.get(`/pages/${encodeURIComponent(path)}`);
  const text = async (path: string) => String((await page(path)).body['content']);
  const put = async (path: string, content: string) => {
    const now = await page(path);
    const revision = now.status === 200 ? { revision: now.body['revision'] } : {};
    const { body } = await wiki.rest.put(`/pages/${encodeURIComponent(path)}`, { content, ...revision });
    return String(body['revision']);
  };
  const links = (shown: WebPage) => shown.all('a').map((link) => attributeOf(link, 'href') ?? '');

  it('a change is taken back from where it is shown, in the name of whoever does it', async () => {
    await put('Soil', 'wet\n\nbrown\n\ndeep\n');
    const changed = await put('Soil', 'dry\n\nbrown\n\ndeep\n');
    await put('Soil', 'dry\n\nbrown\n\nshallow\n');

    const done = await alice.submit(await alice.open(at(`-/commit/${changed}`)), `/-/revert/${changed}`);

    expect(await text('Soil')).toBe('wet\n\nbrown\n\nshallow\n');
    expect(done.main).toContain('Revert: Update: Soil');
    expect(done.main).toContain(changed);
    expect(done.main).toContain('alice');
    expect(done.all('ins').map(textOf)).toEqual(['wet']);
    const again = await alice.submit(await alice.open(at(`-/commit/${changed}`)), `/-/revert/${changed}`);
    expect(again.status).toBe(422);
  });

  it('where later changes stand in the way nothing happens, and each page can be decided by hand', async () => {
    await put('A', 'one\n');
    await put('B', 'one\n');
    const { body } = await wiki.rest.post('/batch', {
      operations: [
        { op: 'write', path: 'A', content: 'two\n', revision: (await page('A')).body['revision'] },
        { op: 'write', path: 'B', content: 'two\n', revision: (await page('B')).body['revision'] },
      ],
    });
    const commit = String(body['commit']);
    await put('A', 'three\n');

    const refused = await alice.submit(await alice.open(at(`-/commit/${commit}`)), `/-/revert/${commit}`);

    expect(refused.status).toBe(409);
    expect(refused.all('button').map(textOf)).toContain('Take back the rest');
    expect([await text('A'), await text('B')]).toEqual(['three\n', 'two\n']);
    const decide = links(refused).find((link) => link.includes('/-/edit/A?revert=')) ?? '';
    const form = await alice.open(decide);
    expect(form.all('textarea').map((area) => textOf(area).trim())).toEqual(['three', 'one']);
    await alice.submit(form, '/-/edit/A', { content: 'one and three\n' });
    expect(await text('A')).toBe('one and three\n');
    await alice.submit(refused, `/-/revert/${commit}`, { rest: 'on' });
    expect([await text('A'), await text('B')]).toEqual(['one and three\n', 'one\n']);
  });

  it('deleted pages are listed with who deleted them, and come back', async () => {
    await put('Beds/Lost', 'Not forgotten.\n');
    await alice.submit(await alice.open(at('-/delete/Beds/Lost')), '/-/delete/Beds/Lost');

    const list = await alice.open(at('-/deleted'));

    expect(list.main).toContain('Beds/Lost');
    expect(list.main).toContain('alice');
    const last = links(list).find((link) => link.includes('Beds/Lost?revision=')) ?? '';
    expect((await alice.open(last)).main).toContain('Not forgotten.');
    const back = await alice.submit(list, '/-/restore/Beds/Lost');
    expect(new URL(back.url).pathname).toBe(at('Beds/Lost'));
    expect((await alice.open(at('-/deleted'))).main).not.toContain('Beds/Lost');
    expect((await stranger.open(at('-/deleted'))).all('button').map(textOf)).not.toContain('Restore');
  });

  it('a page is made again what it was, from its history', async () => {
    const first = await put('Fence', 'Wood.\n');
    await put('Fence', 'Stone.\n');

    await alice.submit(await alice.open(at('-/history/Fence')), '/-/restore/Fence', { revision: first });

    expect(await text('Fence')).toBe('Wood.\n');
    const read = await stranger.open(at('-/history/Fence'));
    expect(read.all('form').map((form) => attributeOf(form, 'action'))).not.toContain(at('-/restore/Fence'));
  });

  it('the changes are narrowed by what is asked for, also on their further pages', async () => {
    for (let at = 0; at < 52; at += 1) await put('Log', `${at}\n`);
    await put('Other', 'x\n');

    const some = await alice.submit(await alice.open(at('-/changes')), '/-/changes', { path: 'Log', door: 'rest' });
    const next = links(some).find((link) => link.includes('cursor=')) ?? '';
    const rest = await alice.open(next);

    expect(some.main).not.toContain('Update: Other');
    expect(some.all('li').length).toBeGreaterThanOrEqual(50);
    expect(next).toContain('path=Log');
    expect(rest.main).toContain('Create: Log');
    expect(rest.main).not.toContain('Soil');
    expect((await alice.open(at('-/changes?agent=Nobody'))).main).toContain('No change fits that.');
    expect((await alice.open(at('-/changes?door=web&person=ALICE'))).main).toContain('Revert: Update: Soil');
    const odd = await alice.open(at('-/changes?from=yesterday&person=%3Cb%3E'));
    expect([odd.status, odd.all('b').length]).toEqual([422, 0]);
    expect(odd.main).toContain('ISO 8601');
  });

  it('none of it is done for whoever may only read, nor without the token of the form', async () => {
    const changed = await put('Safe', 'x\n');
    const shown = await stranger.open(at(`-/commit/${changed}`));
    expect(shown.main).not.toContain('Take this change back');

    for (const way of [`-/revert/${changed}`, '-/restore/Safe', '-/discard/Safe']) {
      const sent = await stranger.post(at(way), new URLSearchParams({ revision: changed }));
      const forged = await alice.post(at(way), new URLSearchParams({ revision: changed, form_token: 'x' }));
      expect([way, [403, 404].includes(sent.status), forged.status]).toEqual([way, true, 403]);
    }
    const odd = await alice.open(at(`-/commit/${changed}`));
    expect((await alice.submit(odd, `/-/revert/${changed}`, { form_token: '' })).status).toBe(403);
    expect(await text('Safe')).toBe('x\n');
  });
});
