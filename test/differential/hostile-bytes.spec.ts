import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { GitError } from '@lib/git';
import { parseCommit } from '../../libs/git/src/commit.js';
import { applyDelta } from '../../libs/git/src/delta.js';
import { PackIndex } from '../../libs/git/src/pack-index.js';
import { packet, readPackets } from '../../libs/git/src/pkt-line.js';
import { parseTree } from '../../libs/git/src/tree.js';
import { BareRepository, withHistory } from './kit/bare-repository.js';
import { allObjects } from './kit/git-answers.js';
import { mutated } from './kit/mutations.js';
import { outcome } from './kit/outcome.js';
import { eachSeed, type Random } from './kit/seeds.js';

const id = 'd'.repeat(40);

/** Every reader of bytes, with a sample of what it is made for. */
function readers(repository: BareRepository, random: Random): Record<string, [Buffer, (bytes: Buffer) => unknown]> {
  const objects = allObjects(repository);
  const of = (type: string) => random.of(objects.filter((object) => object.type === type)).bytes;
  const index = readdirSync(join(repository.gitDir, 'objects/pack')).find((name) => name.endsWith('.idx')) ?? '';
  const base = Buffer.from('a line to be copied from\n'.repeat(20));
  return {
    commit: [of('commit'), (bytes) => parseCommit(id, bytes)],
    tree: [of('tree'), (bytes) => parseTree(id, bytes)],
    packets: [Buffer.concat([packet('one'), packet('two'), Buffer.from('00010000')]), readPackets],
    delta: [Buffer.from([0xf4, 3, 20, 0x90, 10, 10, ...Buffer.from('0123456789')]), (bytes) => applyDelta(base, bytes)],
    'pack index': [
      readFileSync(join(repository.gitDir, 'objects/pack', index)),
      (bytes) => {
        const read = new PackIndex(bytes);
        for (const { oid } of objects) read.find(oid);
        read.byPrefix(random.of(objects).oid.slice(0, 7), 64);
      },
    ],
  };
}

describe('damaged bytes are read or refused, and never more than that', () => {
  eachSeed('by every reader of bytes', 1, (random) =>
    withHistory(random, { commits: 10 }, async (repository) => {
      for (const [what, [sample, read]] of Object.entries(readers(repository, random))) {
        for (let i = 0; i < 400; i += 1) {
          const damage = mutated(random, sample);
          await outcome(`${what}, ${damage.how}: ${damage.bytes.toString('hex').slice(0, 400)}`, () =>
            read(damage.bytes),
          );
        }
        for (let i = 0; i < 100; i += 1) await outcome(what, () => read(random.bytes(random.below(200))));
      }
    }),
  );

  eachSeed('in time, however many lines there are', 1, async () => {
    const head = `tree ${id}\n`;
    const tail = 'author a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n\nx\n';
    const many = Buffer.from(head + `parent ${id}\n`.repeat(300_000) + tail);
    expect(await outcome('a commit of many parents', () => parseCommit(id, many).parents.length)).toBe(300_000);
    const odd = Buffer.from(head + tail.replace('\n\n', `\n${'x y\n'.repeat(300_000)}\n`));
    expect(await outcome('a commit of many lines', () => parseCommit(id, odd).tree)).toBe(id);
  });
});

/** A commit with lines in its head that git does not look at, and some that only look like those it does. */
function oddCommit(random: Random, tree: string): string {
  const extra = [`parent ${id}`, `tree ${id}`, 'encoding UTF-8', `mergetag object ${id}\n type commit`, `gpgsig -----BEGIN\n parent ${id}\n -----END`, 'author', 'x', `HG:extra parent ${id}`]; // prettier-ignore
  const lines = random.shuffled(extra).slice(0, random.below(5));
  const who = random.of(['A B <a@b>', ' <>', '　wide　 <x y>', 'A\tB <a@b>']);
  const when = random.of(['1700000000 +0000', '0 +0000', '4102444800 +1400', '1 +0060']);
  return `tree ${tree}\nauthor ${who} ${when}\ncommitter ${who} ${when}\n${lines.map((line) => `${line}\n`).join('')}\nparent ${id}\n`;
}

describe('odd objects mean what git takes them for', () => {
  eachSeed('commits', 1, async (random) => {
    const repository = BareRepository.empty();
    const tree = repository.git.text(['mktree'], '').trim();
    for (let i = 0; i < 15; i += 1) {
      const body = oddCommit(random, tree);
      const { status, stdout } = repository.git.attempt(['hash-object', '-w', '-t', 'commit', '--stdin'], body);
      // What git refuses to take in never comes to us by a push.
      if (status !== 0) continue;
      const commit = await repository.reader().commit(stdout.toString().trim());
      const fields = ['log', '-1', '--date=raw', '--format=%T|%P|%an|%ae|%ad|%cn|%ce|%cd', commit.oid];
      const person = (who: typeof commit.author) => `${who.name}|${who.email}|${who.seconds} ${who.zone}`;
      const ours = `${commit.tree}|${commit.parents.join(' ')}|${person(commit.author)}|${person(commit.committer)}`;
      expect(ours, body).toBe(repository.git.text(fields).replace(/\n$/, ''));
    }
    repository.remove();
  });

  eachSeed('trees', 1, async (random) => {
    const repository = BareRepository.empty();
    const blob = repository.git.text(['hash-object', '-w', '--stdin'], 'x').trim();
    const empty = repository.git.text(['mktree'], '').trim();
    const modes = [
      '100644',
      '100664',
      '100755',
      '100777',
      '120000',
      '120777',
      '160000',
      '40000',
      '040000',
      '40755',
      '0',
      '100',
      '1006x4',
      '',
      '777777',
    ];
    for (let i = 0; i < 25; i += 1) {
      const mode = random.of(modes);
      const name = random.of(['a', 'b.md', '', 'a/b', '.git']);
      const oid = /^0*4/.test(mode) ? empty : blob;
      const entry = Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);
      const bytes = Buffer.concat([entry, random.once(8) ? Buffer.from('100644 x') : Buffer.alloc(0)]);
      const tree = repository.git.text(['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], bytes).trim();
      const commit = repository.git.text(['commit-tree', tree, '-m', 'x']).trim();
      const theirs = repository.git.attempt(['ls-tree', '-z', tree]);
      const ours = await outcome(`mode ${mode}, name ${name}`, () => repository.reader().children(commit, ''));
      if (theirs.status !== 0) expect(ours, `${mode} ${name}`).toBeInstanceOf(GitError);
      else {
        const [, shown = '', shownOid] = /^(\d+) \w+ ([0-9a-f]{40})\t/.exec(theirs.stdout.toString()) ?? [];
        expect(ours, `${mode} ${name}`).toEqual([{ path: name, mode: shown.replace(/^0/, ''), oid: shownOid }]);
      }
    }
    repository.remove();
  });
});
