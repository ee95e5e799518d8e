import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GitClient } from '../../apps/api/test/kit/git-client.js';
import { RestClient, type RestAnswer } from '../../apps/api/test/kit/rest-client.js';
import { git } from './kit/repository.js';
import { type Fleet, processes } from './kit/site.js';

const [maxPages, maxBytes, maxCollaborators] = [12, 10_000, 3];
const times = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const succeeded = (answers: RestAnswer[]): RestAnswer[] => answers.filter(({ status }) => status < 300);
const refusals = (answers: RestAnswer[]): unknown[] => [
  ...new Set(answers.filter(({ status }) => status >= 300).map(({ body }) => body.type)),
];

describe('what a wiki may have, asked of four servers at once', () => {
  let fleet: Fleet;
  let token: string;
  beforeAll(async () => {
    fleet = await processes(4, {
      MAX_PAGES: `${maxPages}`,
      MAX_ATTACHMENT_BYTES: `${maxBytes}`,
      MAX_COLLABORATORS: `${maxCollaborators}`,
    });
    token = await fleet.addUser('alice');
  }, 300_000);
  afterAll(() => fleet?.close());

  const at = (n: number) => new RestClient(fleet.urls[n % 4] ?? '', token);
  const aWiki = async (slug: string) => {
    const { status, body } = await at(0).post('/api/v1/wikis', { slug, name: slug });
    expect(status, JSON.stringify(body)).toBe(201);
    return { gitDir: join(fleet.dataDir, 'repositories', (body.wiki as { id: string }).id, 'repo.git') };
  };
  const pagesOf = async (gitDir: string, commit: string): Promise<number> =>
    (await git(gitDir, 'ls-tree', '-r', '--name-only', commit)).split('\n').filter((file) => file.endsWith('.md'))
      .length;

  it('is pages to the last one', async () => {
    const { gitDir } = await aWiki('pages');
    const room = maxPages - (await pagesOf(gitDir, 'main'));
    const answers = await Promise.all(
      times(24).map((n) => at(n).put(`/@alice/pages/api/v1/pages/P%2F${n}`, { content: `${n}\n` })),
    );
    expect(succeeded(answers)).toHaveLength(room);
    expect(refusals(answers)).toEqual(['/problems/page-limit']);
    expect(await pagesOf(gitDir, 'main')).toBe(maxPages);
  });

  it('is pages to the last one, pushed ones among them, at every commit', async () => {
    const { gitDir } = await aWiki('pushed');
    const client = await GitClient.create();
    const remotes = fleet.urls.map((url) => `${url.replace('http://', `http://token:${token}@`)}/@alice/pushed.git`);
    const clones = await Promise.all(
      remotes.map(async (remote, n) => {
        await client.run(['clone', '--quiet', remote, `clone-${n}`]);
        for (const k of [0, 1]) await writeFile(client.path(`clone-${n}`, `Pushed ${n} ${k}.md`), 'x\n');
        await client.run(['add', '-A'], client.path(`clone-${n}`));
        await client.run(['commit', '--quiet', '-m', 'Two pages'], client.path(`clone-${n}`));
        return client.path(`clone-${n}`);
      }),
    );
    const pushing = clones.map(async (clone, n) => {
      for (let tries = 0; tries < 40; tries += 1) {
        const { code, stderr } = await client.try(['push', remotes[n] ?? '', 'HEAD:main'], clone);
        if (code === 0) return 'pushed';
        if (/may have \d+ pages/.test(stderr)) return 'full';
        await client.run(['pull', '--quiet', '--rebase', remotes[n] ?? '', 'main'], clone);
      }
      return 'never';
    });
    const writing = times(12).map((n) => at(n).put(`/@alice/pushed/api/v1/pages/P%2F${n}`, { content: `${n}\n` }));
    const [pushed, written] = await Promise.all([Promise.all(pushing), Promise.all(writing)]);
    await client.remove();

    expect(pushed).not.toContain('never');
    for (const refusal of refusals(written)) expect(refusal).toBe('/problems/page-limit');
    const commits = (await git(gitDir, 'rev-list', 'main')).trim().split('\n');
    const counts = await Promise.all(commits.map((commit) => pagesOf(gitDir, commit)));
    expect(Math.max(...counts)).toBe(counts[0]);
    expect(counts[0]).toBe(
      (counts.at(-1) ?? 0) + succeeded(written).length + 2 * pushed.filter((outcome) => outcome === 'pushed').length,
    );
    // One page fits where two do not: the last place may stay free when only pushes are left.
    expect(counts[0]).toBeGreaterThanOrEqual(maxPages - 1);
    expect(counts[0]).toBeLessThanOrEqual(maxPages);
  });

  it('is bytes of attachments to the last one', async () => {
    await aWiki('files');
    const answers = await Promise.all(
      times(24).map((n) => {
        const content = Buffer.alloc(maxBytes / 10, `file ${n} `).toString('base64');
        return at(n).post('/@alice/files/api/v1/pages/Home/attachments', { filename: `${n}.bin`, content });
      }),
    );
    expect(succeeded(answers)).toHaveLength(10);
    expect(refusals(answers)).toEqual(['/problems/attachment-quota']);
    const one = { filename: 'one.bin', content: Buffer.from('1').toString('base64') };
    const more = await at(3).post('/@alice/files/api/v1/pages/Home/attachments', one);
    expect(refusals([more])).toEqual(['/problems/attachment-quota']);
  });

  it('is collaborators to the last one', async () => {
    await aWiki('people');
    const names = times(7).map((n) => `friend-${n}`);
    for (const name of names) await fleet.addUser(name);
    const answers = await Promise.all(
      names.map((name, n) => at(n).put(`/api/v1/wikis/alice/people/members/${name}`, { role: 'editor' })),
    );
    expect(succeeded(answers)).toHaveLength(maxCollaborators);
    expect(refusals(answers)).toEqual(['/problems/limit-reached']);
    const members = await at(2).get('/api/v1/wikis/alice/people/members');
    expect(members.body.total).toBe(maxCollaborators + 1);
  });
});
