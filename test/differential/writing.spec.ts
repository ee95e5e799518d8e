import { describe, expect, it } from 'vitest';
import type { TreeEdit } from '@lib/git';
import { aRepository, type TestRepository } from '../../libs/git/src/testing/a-repository.js';
import { edited, randomText } from './kit/contents.js';
import { GitBinary } from './kit/git-binary.js';
import { IndexOfGit } from './kit/index-of-git.js';
import { lsTree } from './kit/git-answers.js';
import { randomPath } from './kit/names.js';
import { eachSeed, type Random } from './kit/seeds.js';

const pathOf = (random: Random): string => Buffer.from(randomPath(random, false), 'latin1').toString('utf8');

/** Edits that cannot clash with what is there or with each other: each has its own path, and none lies below a file. */
function randomEdits(random: Random, files: Map<string, string>): TreeEdit[] {
  const edits: TreeEdit[] = [];
  const busy = new Set<string>();
  const isFree = (path: string) =>
    [...files.keys(), ...busy].every((other) => !other.startsWith(`${path}/`) && !path.startsWith(`${other}/`));
  for (let i = 0; i <= random.below(6); i += 1) {
    const known = random.shuffled([...files.keys()]).find((path) => !busy.has(path));
    const path = random.once(2) ? (known ?? pathOf(random)) : pathOf(random);
    const kind = random.below(4);
    if (busy.has(path) || !isFree(path)) continue;
    if (known !== undefined && known !== path && kind === 0 && !files.has(path)) {
      edits.push({ from: known, to: path });
      files.set(path, files.get(known) ?? '');
      files.delete(known);
      busy.add(known);
    } else if (files.has(path) && kind === 1) {
      edits.push({ path, remove: true });
      files.delete(path);
    } else {
      const text = files.has(path) ? edited(random, files.get(path) ?? '') : randomText(random);
      edits.push({ path, content: Buffer.from(text) });
      files.set(path, text);
    }
    busy.add(path);
  }
  return edits;
}

/** What git makes of the same tree, parents, people and message. */
async function commitTree(repo: TestRepository, git: GitBinary, oid: string): Promise<string> {
  const { tree, parents, author, committer, message } = await repo.repository.commit(oid);
  const env = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: `${author.seconds} ${author.zone}`,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: `${committer.seconds} ${committer.zone}`,
  };
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
  return git.run(args, message, env).toString().trim();
}

describe('what we write is what git would write', () => {
  eachSeed('trees, commits and packs, byte for byte', 1, async (random) => {
    const repo = await aRepository();
    const git = new GitBinary(repo.repository.gitDir);
    const index = new IndexOfGit(git);
    const files = new Map<string, string>();
    for (let i = 0; i < 12; i += 1) {
      const edits = randomEdits(random, files);
      // Enough at once are written as a pack.
      if (i === 6)
        edits.push(
          ...Array.from({ length: 200 }, (_, n) => ({ path: `many/${n % 9}/${n}.md`, content: random.bytes(n) })),
        );
      if (edits.length === 0) continue;
      const message = random.of([
        'Edit: one',
        'Ändern\n\nbody\n',
        '変更\n\nKey: value',
        'crlf\r\nline\r\n',
        'end\n\n\n',
      ]);
      const commit = await repo.commit(edits, message);
      index.apply(edits);
      expect((await repo.repository.commit(commit)).tree).toBe(index.writeTree());
      expect(await commitTree(repo, git, commit)).toBe(commit);
    }
    const tip = (await repo.repository.tip()) ?? '';
    expect(await repo.repository.walk(tip)).toEqual(lsTree({ git }, '-r', tip));
    expect(git.attempt(['fsck', '--strict', '--full', '--no-dangling'])).toMatchObject({ status: 0, stderr: '' });
    repo.remove();
  });

  it('a page in the place of a link or a submodule is a plain file, and one that may be run stays so', async () => {
    const repo = await aRepository({ 'kept.md': 'x' });
    const git = new GitBinary(repo.repository.gitDir);
    const blob = git.text(['hash-object', '-w', '--stdin'], 'elsewhere').trim();
    const rows = [
      `120000 blob ${blob}\tlink.md`,
      `160000 commit ${'c'.repeat(40)}\tsub.md`,
      `100755 blob ${blob}\trun.md`,
    ];
    const tree = git
      .run(['mktree', '-z', '--missing'], `${rows.join('\0')}\0`)
      .toString()
      .trim();
    git.run(['update-ref', 'refs/heads/main', git.text(['commit-tree', tree, '-m', 'foreign']).trim()]);

    const paths = ['link.md', 'run.md', 'sub.md'];
    const tip = await repo.commit(paths.map((path) => ({ path, content: Buffer.from('page') })));

    expect((await repo.repository.walk(tip)).map(({ mode }) => mode)).toEqual(['100644', '100755', '100644']);
    expect(git.attempt(['fsck', '--strict', '--full', '--no-dangling']).status).toBe(0);
    repo.remove();
  });

  it('a name that no tree can hold is refused', async () => {
    const repo = await aRepository({ 'a.md': 'x' });
    for (const path of ['a\0b.md', '', '/x', 'x/', 'x//y', '.', '..', 'x/../y', '.git/config', 'x/.GIT/hooks']) {
      await expect(repo.commit([{ path, content: Buffer.from('x') }]), path).rejects.toMatchObject({
        code: 'path-clash',
      });
    }
    repo.remove();
  });
});
