import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CommitInfo } from '@lib/git';
import { BareRepository, withHistory } from './kit/bare-repository.js';
import { zeroSeparated } from './kit/git-answers.js';
import { eachSeed } from './kit/seeds.js';

const shape = { commits: 80, branches: true };
const fields = '%H%x00%T%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00';

async function oids(log: AsyncIterable<CommitInfo>): Promise<string[]> {
  const found: string[] = [];
  for await (const { oid } of log) found.push(oid);
  return found;
}

describe('a history is what git log tells', () => {
  eachSeed('in order, by first parents, without what an older commit reaches, and cut short', 1, (random) =>
    withHistory(random, shape, async (repository) => {
      const { git } = repository;
      const reader = repository.reader();
      const commits = repository.commits();
      const [tip = ''] = commits;
      expect(await oids(reader.log(tip))).toEqual(git.lines(['log', '--format=%H', tip]));
      for (let i = 0; i < 6; i += 1) {
        const [from, until, limit] = [random.of(commits), random.of(commits), 1 + random.below(20)];
        const first = ['log', '--format=%H', '--first-parent'];
        expect(await oids(reader.log(from))).toEqual(git.lines(['log', '--format=%H', from]));
        expect(await oids(reader.log(from, { limit }))).toEqual(git.lines(['log', '--format=%H', `-${limit}`, from]));
        expect(await oids(reader.log(from, { firstParent: true }))).toEqual(git.lines([...first, from]));
        expect(await oids(reader.log(from, { until }))).toEqual(git.lines(['log', '--format=%H', from, `^${until}`]));
        expect(await oids(reader.log(from, { until, firstParent: true }))).toEqual(
          git.lines([...first, from, `^${until}`]),
        );
        const reached = new Set(git.lines(['rev-list', from]));
        for (const older of random.shuffled(commits).slice(0, 10)) {
          expect(await reader.isAncestor(older, from), `${older} ${from}`).toBe(reached.has(older));
        }
      }
    }),
  );

  eachSeed('with the fields of each commit', 1, (random) =>
    withHistory(random, { ...shape, commits: 40 }, async (repository) => {
      const reader = repository.reader();
      const words = zeroSeparated(repository.git.run(['log', '--date=raw', `--format=tformat:${fields}`, 'main']));
      for (let at = 0; at + 8 < words.length; at += 9) {
        const [oid = '', tree, parents = '', ...people] = words.slice(at, at + 9);
        const commit = await reader.commit(oid.trim());
        const person = (who: CommitInfo['author']) => [who.name, who.email, `${who.seconds} ${who.zone}`];
        expect([...person(commit.author), ...person(commit.committer)]).toEqual(people);
        expect([commit.tree, commit.parents.join(' ')]).toEqual([tree, parents]);
        const raw = repository.git.text(['cat-file', 'commit', oid.trim()]);
        expect(commit.message).toBe(raw.slice(raw.indexOf('\n\n') + 2));
      }
    }),
  );
});

describe('a prefix means what git rev-parse takes it for', () => {
  eachSeed('among commits, files and folders', 1, (random) =>
    withHistory(random, shape, async (repository) => {
      const reader = repository.reader();
      const oids = repository.git.lines(['rev-list', '--objects', '--no-object-names', 'main']);
      const prefixes = oids.map((oid) => oid.slice(0, 7 + random.below(34)));
      const asked = prefixes.map((prefix) => `${prefix}^{commit}\n`).join('');
      const said = repository.git.lines(['cat-file', '--batch-check=%(objectname)'], asked);
      for (const [at, prefix] of prefixes.entries()) {
        expect(await reader.findCommit(prefix), prefix).toBe(/^[0-9a-f]{40}$/.exec(said[at] ?? '')?.[0] ?? null);
      }
    }),
  );

  it('and nothing where two commits begin alike', async () => {
    const repository = BareRepository.empty();
    const tree = repository.git.text(['mktree'], '').trim();
    const bodyOf = (n: number) => `tree ${tree}\nauthor x <x@x> ${n} +0000\ncommitter x <x@x> ${n} +0000\n\nx\n`;
    const hash = (body: string) => createHash('sha1').update(`commit ${body.length}\0${body}`).digest('hex');
    const seen = new Map<string, number>();
    let twins: [number, number] | null = null;
    for (let n = 1_000_000; twins === null; n += 1) {
      const prefix = hash(bodyOf(n)).slice(0, 7);
      const other = seen.get(prefix);
      if (other !== undefined) twins = [other, n];
      seen.set(prefix, n);
    }
    const [one, two] = twins.map((n) =>
      repository.git.text(['hash-object', '-w', '-t', 'commit', '--stdin'], bodyOf(n)).trim(),
    );
    const tip = repository.git.text(['commit-tree', tree, '-p', one ?? '', '-p', two ?? '', '-m', 'both']).trim();
    repository.git.run(['update-ref', 'refs/heads/main', tip]);
    const reader = repository.reader();

    for (let digits = 7; digits <= 40; digits += 1) {
      const prefix = (one ?? '').slice(0, digits);
      const { status, stdout } = repository.git.attempt(['rev-parse', '-q', '--verify', `${prefix}^{commit}`]);
      expect(await reader.findCommit(prefix)).toBe(status === 0 ? stdout.toString().trim() : null);
    }
    expect(await reader.findCommit((one ?? '').slice(0, 7))).toBeNull();
    repository.remove();
  });
});
