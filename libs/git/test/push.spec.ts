import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directRunner, type PushPolicy } from '../src/index.js';
import { aRepository, record, somebody, type TestRepository } from '../src/testing/a-repository.js';
import { GitClient } from './kit/git-client.js';
import { serveGit, type GitServer } from './kit/git-server.js';

const runner = directRunner();

describe('git push', () => {
  let repo: TestRepository;
  let server: GitServer;
  let client: GitClient;
  let policy: PushPolicy;
  const asked: { before: string | null; after: string; incoming: number }[] = [];

  const begin = async (files: Record<string, string>, maxBytes?: number) => {
    repo = await aRepository(files);
    const limits = maxBytes === undefined ? {} : { maxBytes };
    server = await serveGit(repo, runner, { policy: (push) => policy(push), ...limits });
    if (Object.keys(files).length > 0) await client.git('clone', '-q', server.url, 'wiki');
  };
  beforeEach(() => {
    client = new GitClient();
    asked.length = 0;
    policy = async ({ before, after, incoming }) => {
      asked.push({ before, after, incoming });
      return [];
    };
  });
  afterEach(async () => {
    await server.close();
    repo.remove();
    client.remove();
  });

  const leftovers = () =>
    readdirSync(join(repo.repository.gitDir, 'objects')).filter((name) => /^(incoming|tmp)/.test(name));
  const push = (...refs: string[]) => client.run('-C', 'wiki', 'push', server.url, ...refs);

  it('takes a commit, records who pushed it, and keeps the pack whole and durable', async () => {
    await begin({ 'a.md': '1' });
    const before = await repo.repository.tip();
    const after = await client.commit('wiki', 'b.md', '2');

    const said = await push('HEAD:main');

    expect(said).toMatchObject({ code: 0 });
    expect(await repo.repository.tip()).toBe(after);
    expect(asked).toEqual([{ before, after, incoming: 3 }]);
    const moves = await repo.repository.moves();
    expect(moves.at(-1)).toMatchObject({ before, after, record: { actor: 'user-1', door: 'git' } });
    expect(readdirSync(join(repo.repository.gitDir, 'objects/pack')).some((name) => name.endsWith('.pack'))).toBe(true);
    expect(repo.git('fsck', '--strict', '--full', '--no-dangling')).toBe('');
    expect(leftovers()).toEqual([]);
  });

  it('takes the first push to an empty wiki', async () => {
    await begin({});
    await client.git('init', '-q', '-b', 'main', 'wiki');
    const after = await client.commit('wiki', 'Home.md', '# Home\n');

    expect(await push('main')).toMatchObject({ code: 0 });
    expect(await repo.repository.tip()).toBe(after);
    expect(asked[0]?.before).toBeNull();
  });

  it('shows every sentence of a refusal on a line of its own, and takes nothing', async () => {
    await begin({ 'a.md': '1' });
    const tip = await repo.repository.tip();
    policy = async () => ['The page b.md is too large.', 'Evil \u001b[31mname\u202e was refused.'];
    await client.commit('wiki', 'b.md', '2');

    const { code, stderr } = await push('HEAD:main');

    expect(code).toBe(1);
    expect(stderr).toContain('remote: The page b.md is too large.');
    expect(stderr).toContain('remote: Evil ?[31mname? was refused.');
    expect(stderr).toMatch(/! \[remote rejected\] HEAD -> main \(The page b.md is too large\.\)/);
    expect(await repo.repository.tip()).toBe(tip);
    expect(leftovers()).toEqual([]);
  });

  it('refuses other branches, tags and deletions with the reason', async () => {
    await begin({ 'a.md': '1' });
    const tip = await repo.repository.tip();
    await client.commit('wiki', 'b.md', '2');
    await client.git('-C', 'wiki', 'tag', 'v1');

    expect((await push('HEAD:refs/heads/other')).stderr).toContain('remote: Only the branch main can be pushed');
    expect((await push('v1')).stderr).toContain('refs/tags/v1 was refused');
    expect((await push(':main')).stderr).toContain('remote: The branch main cannot be deleted.');
    const both = await push('HEAD:main', 'HEAD:refs/heads/other');
    expect(both.stderr).toContain('Nothing was taken');
    expect(await repo.repository.tip()).toBe(tip);
    expect(repo.git('for-each-ref', '--format=%(refname)').trim()).toBe('refs/heads/main');
  });

  it('refuses rewritten history, forced or not', async () => {
    await begin({ 'a.md': '1' });
    const tip = await repo.repository.tip();
    await client.git('-C', 'wiki', 'checkout', '-q', '--orphan', 'fresh');
    await client.commit('wiki', 'a.md', 'other');

    const { code, stderr } = await push('--force', 'HEAD:main');

    expect(code).toBe(1);
    expect(stderr).toContain('History was rewritten');
    expect(await repo.repository.tip()).toBe(tip);
  });

  it('takes commits that are dated long before what they follow', async () => {
    await begin({ 'a.md': '1' });
    await client.commit('wiki', 'b.md', '2');
    const tree = await client.git('-C', 'wiki', 'rev-parse', 'HEAD^{tree}');
    client.env = { ...client.env, GIT_COMMITTER_DATE: '1990-01-01T00:00:00Z' };
    const odd = await client.git('-C', 'wiki', 'commit-tree', tree, '-p', 'HEAD', '-m', 'ancient');

    expect(await push(`${odd}:main`)).toMatchObject({ code: 0 });
    expect(await repo.repository.tip()).toBe(odd);
    expect(await repo.repository.isAncestor(asked[0]?.before ?? '', odd)).toBe(true);
  });

  it('tells who lost a race to pull first', async () => {
    await begin({ 'a.md': '1' });
    policy = async () => {
      await repo.commit([{ path: 'meanwhile.md', content: Buffer.from('x') }]);
      return [];
    };
    await client.commit('wiki', 'b.md', '2');
    const packs = () => readdirSync(join(repo.repository.gitDir, 'objects/pack')).length;
    const before = packs();

    const { code, stderr } = await push('HEAD:main');

    expect(code).toBe(1);
    expect(stderr).toContain('Pull, then push again.');
    expect(packs()).toBe(before);
    policy = async () => [];
    await client.git('-C', 'wiki', 'pull', '-q', '--rebase', server.url, 'main');
    expect(await push('HEAD:main')).toMatchObject({ code: 0 });
  });

  it('takes a move to a commit that is there already, with an empty pack', async () => {
    await begin({ 'a.md': '1' });
    const later = await repo.commit([{ path: 'b.md', content: Buffer.from('2') }]);
    await client.git('-C', 'wiki', 'fetch', '-q', server.url);
    const first = repo.git('rev-parse', `${later}^`).trim();
    repo.git('update-ref', 'refs/heads/main', first);
    // A client leaves out of its pack what it sees that the other side has.
    repo.git('update-ref', 'refs/tags/later', later);

    expect(await push(`${later}:main`)).toMatchObject({ code: 0 });
    expect(asked).toEqual([{ before: first, after: later, incoming: 0 }]);
    expect(await repo.repository.tip()).toBe(later);
  });

  it('says how much may be pushed, and takes a large push within the limit', async () => {
    await begin({ 'a.md': '1' }, 3 << 20);
    const tip = await repo.repository.tip();
    await client.commit('wiki', 'large.bin', randomBytes(2 << 20));
    expect(await push('HEAD:main')).toMatchObject({ code: 0 });
    await client.commit('wiki', 'huge.bin', randomBytes(5 << 20));

    const { code, stderr } = await push('HEAD:main');

    expect(code).not.toBe(0);
    expect(stderr).toMatch(/remote: The push is larger than 3145728 bytes.*Push fewer/);
    expect(await repo.repository.tip()).not.toBe(tip);
    expect(leftovers()).toEqual([]);
  });

  it('leaves nothing behind when the client breaks off in the middle', async () => {
    await begin({ 'a.md': '1' });
    const tip = (await repo.repository.tip()) ?? '';
    const { packet } = await import('../src/pkt-line.js');
    const head = packet(`${tip} ${'1'.repeat(40)} refs/heads/main\0report-status side-band-64k`);
    const gone = new AbortController();
    const body = new ReadableStream({
      start: (to) => {
        // Five objects are announced and none comes, so that git waits for the first.
        to.enqueue(Buffer.concat([head, Buffer.from('0000'), Buffer.from('PACK\0\0\0\x02\0\0\0\x05')]));
      },
    });
    const request = fetch(`${server.url}/git-receive-pack`, {
      method: 'POST',
      body,
      signal: gone.signal,
      duplex: 'half',
    } as RequestInit);
    await expect.poll(leftovers, { timeout: 10_000 }).toHaveLength(1);
    gone.abort();

    await expect(request).rejects.toThrow();
    await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
    expect(await repo.repository.tip()).toBe(tip);
  });

  it('keeps pushes and edits in one line when both come at once', async () => {
    await begin({ 'a.md': '1' });
    await client.git('clone', '-q', server.url, 'other');
    const pushed = async (at: string, path: string) => {
      await client.commit(at, path, path);
      for (let tries = 0; tries < 20; tries += 1) {
        if ((await client.run('-C', at, 'push', '-q', server.url, 'HEAD:main')).code === 0) return;
        await client.git('-C', at, 'pull', '-q', '--rebase', server.url, 'main');
      }
      throw new Error('the push never won');
    };
    const edits = Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        repo.funnel.write(repo.repository, record, async () => {
          const draft = { message: `edit ${i}`, author: somebody, committer: somebody };
          return { edits: [{ path: `e${i}.md`, content: Buffer.from(`${i}`) }], ...draft };
        }),
      ),
    );
    await Promise.all([edits, pushed('wiki', 'p1.md'), pushed('other', 'p2.md')]);

    const subjects = repo.git('log', '--format=%s', 'main').trim().split('\n').sort();
    const edited = Array.from({ length: 20 }, (_, i) => `edit ${i}`);
    expect(subjects).toEqual([...edited, 'Change p1.md', 'Change p2.md', 'Test: begin'].sort());
  });
});
