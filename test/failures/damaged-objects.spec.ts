import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  damaged,
  flippedInPack,
  flippedInTheMiddle,
  halved,
  looseFile,
  type Mend,
  packFile,
  removed,
  repack,
  unpacked,
} from './kit/damage.js';
import { HurtWikis } from './kit/hurt-wikis.js';

interface Damage {
  slug: string;
  what: string;
  /** The page that cannot be read. */
  page: string;
  code: 'object-corrupt' | 'object-missing';
  /** A push is taken as long as git need not look at what is damaged. */
  takesPushes: boolean;
  /** What git tells who clones. */
  clone: RegExp;
  inflict: (wikis: HurtWikis, slug: string) => Promise<Mend>;
}

const file = async (wikis: HurtWikis, slug: string, path: string) =>
  looseFile(wikis.wiki(slug).gitDir, await wikis.oid(slug, path));

const damages: Damage[] = [
  {
    ...{ slug: 'flipped', what: 'a loose page with a flipped byte', page: 'Hurt', code: 'object-corrupt' },
    ...{ takesPushes: true, clone: /corrupt/ },
    inflict: async (wikis, slug) => damaged(await file(wikis, slug, 'Hurt.md'), flippedInTheMiddle),
  },
  {
    ...{ slug: 'halved', what: 'a loose page cut in half', page: 'Hurt', code: 'object-corrupt' },
    ...{ takesPushes: true, clone: /corrupt/ },
    inflict: async (wikis, slug) => damaged(await file(wikis, slug, 'Hurt.md'), halved),
  },
  {
    ...{ slug: 'emptied', what: 'a loose page of no bytes', page: 'Hurt', code: 'object-corrupt' },
    ...{ takesPushes: false, clone: /corrupt|unable to read/ },
    inflict: async (wikis, slug) => damaged(await file(wikis, slug, 'Hurt.md'), () => Buffer.alloc(0)),
  },
  {
    ...{ slug: 'swapped', what: 'another object in the place of a page', page: 'Hurt', code: 'object-corrupt' },
    ...{ takesPushes: true, clone: /did not receive expected object/ },
    inflict: async (wikis, slug) => {
      const other = readFileSync(await file(wikis, slug, 'Other.md'));
      return damaged(await file(wikis, slug, 'Hurt.md'), () => other);
    },
  },
  {
    ...{ slug: 'lost', what: 'a page that is gone', page: 'Hurt', code: 'object-missing' },
    ...{ takesPushes: false, clone: /corrupt|missing|unable to read/ },
    inflict: async (wikis, slug) => {
      rmSync(await file(wikis, slug, 'Hurt.md'));
      const { goodGitDir: from, gitDir: into } = wikis.wiki(slug);
      return () => unpacked(wikis.git, { from, into });
    },
  },
  {
    ...{ slug: 'folder', what: 'a folder with a flipped byte', page: 'Folder/Deep', code: 'object-corrupt' },
    ...{ takesPushes: false, clone: /corrupt/ },
    inflict: async (wikis, slug) => damaged(await file(wikis, slug, 'Folder'), flippedInTheMiddle),
  },
  {
    ...{ slug: 'lost-folder', what: 'a folder that is gone', page: 'Folder/Deep', code: 'object-missing' },
    ...{ takesPushes: false, clone: /corrupt|bad tree/ },
    inflict: async (wikis, slug) => removed(await file(wikis, slug, 'Folder')),
  },
  {
    ...{ slug: 'packed', what: 'a flipped byte in a pack', page: 'Hurt', code: 'object-corrupt' },
    ...{ takesPushes: true, clone: /corrupt|inflate|bad object/ },
    inflict: async (wikis, slug) => {
      const { gitDir } = wikis.wiki(slug);
      await repack(wikis.git, gitDir);
      return flippedInPack(wikis.git, gitDir, await wikis.oid(slug, 'Hurt.md'));
    },
  },
  {
    ...{
      slug: 'unpacked',
      what: 'a pack that is unpacked again from a good one',
      page: 'Hurt',
      code: 'object-corrupt',
    },
    ...{ takesPushes: true, clone: /corrupt|inflate|bad object/ },
    inflict: async (wikis, slug) => {
      const { gitDir, goodGitDir } = wikis.wiki(slug);
      await repack(wikis.git, gitDir);
      await flippedInPack(wikis.git, gitDir, await wikis.oid(slug, 'Hurt.md'));
      const [pack, index] = [packFile(gitDir, '.pack'), packFile(gitDir, '.idx')];
      return async () => {
        for (const old of [pack, index]) rmSync(old);
        await unpacked(wikis.git, { from: goodGitDir, into: gitDir });
      };
    },
  },
];

describe('a repository with a damaged object', () => {
  let wikis: HurtWikis;
  const mends = new Map<string, Mend>();

  beforeAll(async () => {
    wikis = await HurtWikis.create([...damages.map(({ slug }) => slug), 'rewritten']);
    for (const { slug, inflict } of damages) mends.set(slug, await inflict(wikis, slug));
    damaged(await file(wikis, 'rewritten', 'Hurt.md'), flippedInTheMiddle);
    await wikis.start();
  });
  afterAll(() => wikis?.remove());

  const get = (slug: string, path: string) => wikis.rest(slug).get(`/pages/${encodeURIComponent(path)}`);
  const said = (slug: string, path: string) => `${path} of ${slug}: said once.\n`;
  const loggedOf = (code: string, since: number) =>
    wikis.logged.slice(since).filter((line) => line.level >= 50 && JSON.stringify(line).includes(code));

  describe.each(damages)('$what', ({ slug, page, code, takesPushes, clone }) => {
    it('is told at every door and in the log, and nothing else is served for it', async () => {
      const agent = await wikis.agent(slug);
      try {
        let from = wikis.logged.length;
        const read = await get(slug, page);
        expect(read.status).toBe(500);
        expect(read.body).toMatchObject({ type: `/problems/${code}`, title: 'The repository is damaged' });
        expect(read.body['hint']).toMatch(/wikibot doctor/);
        expect(loggedOf(code, from)).toHaveLength(1);

        from = wikis.logged.length;
        const note = await agent.call('read_note', { path: page });
        expect([note.isError, note.problem?.code]).toEqual([true, code]);
        expect(note.text).toMatch(/The repository is damaged/);
        expect(note.text).not.toMatch(/said once/);
        expect(loggedOf(code, from)).toHaveLength(1);

        const cloned = await wikis.clone(slug);
        expect(cloned.code).not.toBe(0);
        expect(cloned.stderr).toMatch(clone);
      } finally {
        await agent.close();
      }
    });

    it('leaves the other pages readable and writable', async () => {
      expect((await get(slug, 'Other')).body['content']).toBe(said(slug, 'Other'));
      expect((await wikis.rest(slug).get('/search?q=said')).body.results).toContainEqual(
        expect.objectContaining({ path: 'Other', snippet: said(slug, 'Other').trim() }),
      );
      expect((await wikis.rest(slug).put('/pages/ByRest', { content: 'By REST.\n' })).status).toBe(201);
      const agent = await wikis.agent(slug);
      await agent.does('write_note', { path: 'ByAgent', content: 'By an agent.\n' });
      await agent.close();
      const from = wikis.logged.length;
      const pushed = await wikis.push(slug, 'ByGit', 'By git.\n');
      if (takesPushes) expect(pushed.code, pushed.stderr).toBe(0);
      else {
        expect(pushed.stderr).toMatch(/repository of this wiki is damaged/);
        expect(loggedOf('object-corrupt', from)).toHaveLength(1);
      }
      expect((await get(slug, 'ByGit')).status).toBe(takesPushes ? 200 : 404);
    });

    it('is named by the doctor, and all works again without a restart once it is mended', async () => {
      const found = await wikis.diagnosis(slug);
      expect(found).toMatchObject({ ok: false, detail: expect.stringMatching(/[0-9a-f]{40}/) as string });
      expect(found?.mend).toMatch(/backup/);

      await mends.get(slug)?.();

      expect((await get(slug, page)).body['content']).toBe(said(slug, page));
      expect(await wikis.clone(slug)).toMatchObject({ code: 0 });
      expect(await wikis.push(slug, 'AfterMend', 'It goes on.\n')).toMatchObject({ code: 0 });
      expect((await get(slug, 'AfterMend')).status).toBe(200);
      expect(await wikis.diagnosis(slug)).toMatchObject({ ok: true });
    });
  });

  it('a clone that cannot be served is in the log', () => {
    const lines = wikis.logged.filter(({ level, msg }) => level >= 50 && msg === 'fetch failed');
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).toContain('object-corrupt');
  });

  it('a page that is written again is whole again', async () => {
    const rest = wikis.rest('rewritten');
    expect((await rest.get('/pages/Hurt')).status).toBe(500);
    expect((await rest.delete('/pages/Hurt')).status).toBe(200);

    expect((await rest.put('/pages/Hurt', { content: said('rewritten', 'Hurt') })).status).toBe(201);

    expect((await rest.get('/pages/Hurt')).body['content']).toBe(said('rewritten', 'Hurt'));
    expect(await wikis.diagnosis('rewritten')).toMatchObject({ ok: true });
  });
});
