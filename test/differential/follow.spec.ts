import { afterAll, beforeAll, describe, expect } from 'vitest';
import { aReadingRoom } from '../../libs/wiki/test/kit/a-reading-room.js';
import { pagePath } from './kit/names.js';
import { GitBinary } from './kit/git-binary.js';
import { RandomHistory } from './kit/random-history.js';
import { eachSeed } from './kit/seeds.js';

/** Why a history may differ from that of `git log --follow`; anything else is a defect. */
const reasons = {
  'the same': 0,
  // git also goes on with a file that one was copied from; to us a copy is a page of its own, with its own beginning.
  'git follows into a file that stayed where it was': 0,
  // git looks for where the one file came from; we judge a commit as a whole, so one file is not the past of two.
  'several files went at once': 0,
  // So does git where it looks at the whole commit: the file went on under another name than this one.
  'the file became another page': 0,
};

type Reason = keyof typeof reasons;

describe('the history of a page is that of git log --follow', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  beforeAll(async () => {
    room = await aReadingRoom();
  });
  afterAll(() => room?.close());

  eachSeed('or differs for a reason that has a name', 1, async (random) => {
    const told = { ...reasons };
    const wiki = await room.newWiki();
    const git = new GitBinary(wiki.repository.gitDir);
    git.run(['fast-import', '--quiet', '--force'], new RandomHistory(random, { commits: 40, path: pagePath }).stream());
    // The catalogue reads the history anew, as after an import.
    await room.catalogue.follow(wiki.id);
    const tip = (await wiki.repository.tip()) ?? '';
    for (const { path } of await wiki.repository.walk(tip)) {
      const ours = await room.history.log(wiki.as('history.read'), path.slice(0, -3), { limit: 100 });
      const theirs = git.lines(['log', '--follow', '--format=%H', 'main', '--', path]);
      const revisions = ours.changes.map(({ revision }) => revision);
      told[reasonOf(git, revisions, theirs, path)] += 1;
    }
    const { 'the same': same, ...others } = told;
    expect(same, JSON.stringify(told)).toBeGreaterThan(Object.values(others).reduce((sum, count) => sum + count));
  });
});

/** The commit at which the two part tells why: what it took away, and whether git's file was among it. */
function reasonOf(git: GitBinary, ours: string[], theirs: string[], path: string): Reason {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return 'the same';
  const at = theirs.findIndex((revision, i) => ours[i] !== revision);
  const parting = theirs[at === -1 ? theirs.length - 1 : at - 1] ?? '';
  const gone = git.lines([
    'diff-tree',
    '-r',
    '--no-commit-id',
    '--no-renames',
    '--name-only',
    '--diff-filter=D',
    parting,
  ]);
  const followed = git.text(['log', '--follow', '--name-status', '-z', '--format=%H', 'main', '--', path]).split('\0');
  const source = followed[followed.findIndex((word) => word.includes(parting)) + 2] ?? '';
  if (source !== '' && git.attempt(['cat-file', '-e', `${parting}:${source}`]).status === 0) {
    return 'git follows into a file that stayed where it was';
  }
  if (gone.length > 1) return 'several files went at once';
  const whole = git.text(['diff-tree', '-r', '--no-commit-id', '-M50%', '--name-status', '-z', parting]).split('\0');
  const at50 = whole.indexOf(source);
  if (/^R\d/.test(whole[at50 - 1] ?? '') && whole[at50 + 1] !== path) return 'the file became another page';
  throw new Error(`${path}: ${JSON.stringify({ ours, theirs, parting, gone, source }, null, 1)}`);
}
