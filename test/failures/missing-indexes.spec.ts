import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { damaged, halved, packFile, removed, repack } from './kit/damage.js';
import { HurtWikis } from './kit/hurt-wikis.js';

const slugs = [
  'no-index',
  'half-index',
  'vanishing',
  'no-midx',
  'no-graph',
  'bad-graph',
  'no-rev',
  'bad-midx',
  'running',
] as const;
type Slug = (typeof slugs)[number];

/** What git writes beside its packs to be quicker, and how it can be gone or garbage. */
const extras: { slug: Slug; what: string; file: string; isGarbage: boolean }[] = [
  { slug: 'no-midx', what: 'a multi-pack-index that is gone', file: 'pack/multi-pack-index', isGarbage: false },
  { slug: 'no-graph', what: 'a commit-graph that is gone', file: 'info/commit-graph', isGarbage: false },
  { slug: 'bad-graph', what: 'a commit-graph of garbage', file: 'info/commit-graph', isGarbage: true },
  { slug: 'no-rev', what: 'a reverse index that is gone', file: '.rev', isGarbage: false },
];

describe('a repository with a missing index', () => {
  let wikis: HurtWikis;

  const gitDir = (slug: Slug) => wikis.wiki(slug).gitDir;
  const inObjects = (slug: Slug, file: string) =>
    file === '.rev' ? packFile(gitDir(slug), file) : join(gitDir(slug), 'objects', file);
  const get = (slug: Slug, path: string) => wikis.rest(slug).get(`/pages/${encodeURIComponent(path)}`);
  const said = (slug: Slug, path: string) => `${path} of ${slug}: said once.\n`;

  const spoil = (slug: Slug, file: string, isGarbage: boolean) => {
    const path = inObjects(slug, file);
    rmSync(path);
    if (isGarbage) writeFileSync(path, Buffer.alloc(2_000, 'no such thing '));
  };

  const worksAtEveryDoor = async (slug: Slug, page: string) => {
    expect((await get(slug, 'Hurt')).body['content']).toBe(said(slug, 'Hurt'));
    expect((await wikis.rest(slug).put(`/pages/${page}`, { content: 'By REST.\n' })).status).toBe(201);
    const agent = await wikis.agent(slug);
    expect((await agent.does('read_note', { path: 'Other' })).text).toContain(said(slug, 'Other').trim());
    await agent.close();
    expect(await wikis.clone(slug)).toMatchObject({ code: 0 });
    expect(await wikis.push(slug, `${page}-pushed`, 'By git.\n')).toMatchObject({ code: 0 });
    expect((await get(slug, `${page}-pushed`)).status).toBe(200);
  };

  beforeAll(async () => {
    wikis = await HurtWikis.create(slugs);
    for (const slug of slugs) {
      await repack(wikis.git, gitDir(slug));
      await wikis.git.run(['--git-dir', gitDir(slug), 'multi-pack-index', 'write']);
      await wikis.git.run(['--git-dir', gitDir(slug), 'commit-graph', 'write', '--reachable']);
      const pack = packFile(gitDir(slug), '.pack');
      await wikis.git.run(['--git-dir', gitDir(slug), 'index-pack', '--rev-index', pack]);
    }
    spoil('bad-midx', 'pack/multi-pack-index', true);
    for (const { slug, file, isGarbage } of extras) spoil(slug, file, isGarbage);
    rmSync(packFile(gitDir('no-index'), '.idx'));
    damaged(packFile(gitDir('half-index'), '.idx'), halved);
    await wikis.start();
  });
  afterAll(() => wikis?.remove());

  it.each(extras)('$what is nothing that anybody notices', ({ slug }) => worksAtEveryDoor(slug, 'Started'));

  it('neither is it under a running server', async () => {
    spoil('running', 'pack/multi-pack-index', false);
    spoil('running', 'info/commit-graph', true);
    spoil('running', '.rev', false);

    await worksAtEveryDoor('running', 'Running');
  });

  it('a multi-pack-index that git takes for none is told to git clients, and the doctor says what to do', async () => {
    expect((await get('bad-midx', 'Hurt')).body['content']).toBe(said('bad-midx', 'Hurt'));
    expect((await wikis.rest('bad-midx').put('/pages/New', { content: 'New.\n' })).status).toBe(201);
    const from = wikis.logged.length;
    const cloned = await wikis.clone('bad-midx');
    const pushed = await wikis.push('bad-midx', 'Pushed', 'By git.\n');

    expect(cloned.code).not.toBe(0);
    expect(pushed.code).not.toBe(0);
    const told = wikis.logged.slice(from).filter((line) => JSON.stringify(line).includes('object-corrupt'));
    expect(told.length).toBeGreaterThan(0);
    const found = await wikis.diagnosis('bad-midx');
    const [, file = ''] = /^Remove (\S+);/.exec(found?.mend ?? '') ?? [];
    expect(file, JSON.stringify(found)).toBe(inObjects('bad-midx', 'pack/multi-pack-index'));

    rmSync(file);
    await worksAtEveryDoor('bad-midx', 'Mended');
  });

  it.each(['no-index', 'half-index'] as const)(
    'a pack with %s is told at every door and can be indexed again',
    async (slug) => {
      const code = slug === 'no-index' ? 'object-missing' : 'object-corrupt';
      const agent = await wikis.agent(slug);

      const read = await get(slug, 'Hurt');
      const written = await wikis.rest(slug).put('/pages/New', { content: 'New.\n' });
      const note = await agent.call('read_note', { path: 'Hurt' });
      const cloned = await wikis.clone(slug);
      const pushed = await wikis.push(slug, 'Pushed', 'By git.\n');
      await agent.close();

      for (const { status, body } of [read, written]) {
        expect([status, body['type']]).toEqual([500, `/problems/${code}`]);
      }
      expect([note.isError, note.problem?.code]).toEqual([true, code]);
      for (const { code: end, stderr } of [cloned, pushed]) {
        expect(end).not.toBe(0);
        expect(stderr).toMatch(/repository of this wiki is damaged/);
      }
      expect(
        wikis.logged
          .filter(({ level }) => level >= 50)
          .map((line) => JSON.stringify(line))
          .join('\n'),
      ).toContain(code);

      const pack = packFile(gitDir(slug), '.pack');
      const found = await wikis.diagnosis(slug);
      expect(found).toMatchObject({ ok: false, mend: expect.stringContaining(`git index-pack ${pack}`) as string });

      const [, command = ''] = /(git index-pack \S+)/.exec(found?.mend ?? '') ?? [];
      await wikis.git.run(command.split(' ').slice(1));
      await worksAtEveryDoor(slug, 'Mended');
      expect(await wikis.diagnosis(slug)).toMatchObject({ ok: true });
    },
  );

  it('an index that vanishes under a running server is never answered with anything else', async () => {
    const mend = removed(packFile(gitDir('vanishing'), '.idx'));
    // A write looks at the folder again; until then the pack is open.
    await wikis.rest('vanishing').put('/pages/New', { content: 'New.\n' });
    for (const path of ['Hurt', 'Other', 'Folder/Deep']) {
      const { status, body } = await get('vanishing', path);
      if (status === 200) expect(body['content']).toBe(said('vanishing', path));
      else expect([status, body['type']]).toEqual([500, '/problems/object-missing']);
    }

    await mend();

    await worksAtEveryDoor('vanishing', 'Mended');
    expect(await wikis.diagnosis('vanishing')).toMatchObject({ ok: true });
  });
});
