import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { told } from './kit/answers.js';
import { type Fleet, processes } from './kit/site.js';

const rounds = [0, 1, 2];

describe('four servers asked for the same name at once', () => {
  let fleet: Fleet;
  let everywhere: RestClient[];
  let bob: RestClient[];
  beforeAll(async () => {
    fleet = await processes(4);
    const [alices, bobs] = await Promise.all(['alice', 'bob'].map((name) => fleet.addUser(name)));
    everywhere = fleet.urls.map((url) => new RestClient(url, alices ?? ''));
    bob = fleet.urls.map((url) => new RestClient(url, bobs ?? ''));
  }, 300_000);
  afterAll(() => fleet?.close());

  it('make one wiki, and tell the others that the slug is taken', async () => {
    for (const round of [...rounds, 3]) {
      const body = { slug: `twin-${round}`, name: 'Twin' };
      const answers = await Promise.all(everywhere.map((rest) => rest.post('/api/v1/wikis', body)));
      expect(told(answers)).toEqual(['201', '409 slug-taken', '409 slug-taken', '409 slug-taken']);
      // The one that was made is there for all of them at once, whole.
      const homes = await Promise.all(everywhere.map((rest) => rest.get(`/@alice/twin-${round}/api/v1/pages/Home`)));
      expect(homes.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    }
  });

  it('give a custom slug to one wiki, and leave nothing of the refused ones', async () => {
    for (const round of rounds) {
      const asked = [everywhere[0], bob[1], everywhere[2], bob[3]].map((rest, at) =>
        rest?.post('/api/v1/wikis', { slug: `own-${round}-${at}`, name: 'Own', custom_slug: `only-${round}` }),
      );
      const answers = (await Promise.all(asked)).filter((answer) => answer !== undefined);
      expect(told(answers)).toEqual(['201', '409 name-taken', '409 name-taken', '409 name-taken']);
      const lists = await Promise.all([everywhere[3], bob[0]].map((rest) => rest?.get('/api/v1/wikis')));
      const slugs = lists.flatMap((list) => (list?.body.wikis as { slug: string }[]).map(({ slug }) => slug));
      expect(slugs.filter((slug) => slug.startsWith(`own-${round}`))).toHaveLength(1);
    }
  });

  it('give a custom slug that two wikis want later to one of them', async () => {
    const names = rounds.map((round) => `later-${round}`);
    for (const name of names) {
      const answers = await Promise.all(
        everywhere.map((rest, at) => rest.put(`/api/v1/wikis/alice/twin-${at}/custom-slug`, { custom_slug: name })),
      );
      expect(told(answers)).toEqual(['200', '409 name-taken', '409 name-taken', '409 name-taken']);
    }
  });

  it('make one page, and tell the others to read it first', async () => {
    for (const round of rounds) {
      const path = `/@alice/twin-0/api/v1/pages/Same%2F${round}`;
      const answers = await Promise.all(everywhere.map((rest, at) => rest.put(path, { content: `By ${at}.\n` })));
      expect(told(answers)).toEqual(['201', '409 revision-required', '409 revision-required', '409 revision-required']);
      const winner = answers.findIndex(({ status }) => status === 201);
      for (const rest of everywhere) expect((await rest.get(path)).body.content).toBe(`By ${winner}.\n`);
    }
  });

  it('make one page of names that differ in case alone', async () => {
    for (const round of rounds) {
      const names = ['Café', 'café', 'CAFÉ', 'Cafe\u0301'].map((name) => encodeURIComponent(`Twins/${name} ${round}`));
      const answers = await Promise.all(
        everywhere.map((rest, at) => rest.put(`/@alice/twin-0/api/v1/pages/${names[at]}`, { content: 'x\n' })),
      );
      expect(told(answers).filter((answer) => answer === '201')).toHaveLength(1);
      const refused = answers.filter(({ status }) => status !== 201);
      for (const { body } of refused) expect(body.type).toMatch(/path-twin|revision-required/);
    }
  });

  it('make a token each for one label, for labels are for people', async () => {
    const body = { label: 'laptop', verbs: ['read'] };
    const answers = await Promise.all(everywhere.map((rest) => rest.post('/api/v1/tokens', body)));
    expect(told(answers)).toEqual(['201', '201', '201', '201']);
    const secrets = answers.map((answer) => String(answer.body.secret));
    expect(new Set(secrets).size).toBe(4);
    // Each opens at another server than the one that made it.
    const opened = everywhere.map((rest, at) => rest.as(secrets[(at + 1) % 4] ?? '').get('/api/v1/me'));
    expect((await Promise.all(opened)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('make one account of a username, on the command line', async () => {
    const runs = await Promise.all([0, 1, 2].map(() => fleet.run(['--json', 'user', 'add', 'carol'])));
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 3, 3]);
    for (const { code, stdout, stderr } of runs) if (code !== 0) expect(stdout + stderr).toContain('name is taken');
  });

  it('give a name either to an account or to a wiki', async () => {
    const asked = everywhere.map((rest, at) =>
      rest.put(`/api/v1/wikis/alice/twin-${at}/custom-slug`, { custom_slug: 'dora' }),
    );
    const [made, ...answers] = await Promise.all([fleet.run(['--json', 'user', 'add', 'dora']), ...asked]);
    const won = answers.filter(({ status }) => status === 200).length + (made.code === 0 ? 1 : 0);
    expect(won, JSON.stringify([made, told(answers)])).toBe(1);
  });
});
