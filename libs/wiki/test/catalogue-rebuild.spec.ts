import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';

/** A small generator with a seed, so that a failing run can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const names = ['Fox', 'fox', 'Cow', 'A/Fox', 'A/B/Cow', 'A/B', 'ünï', 'two words', 'Two_Words', 'C/deep/er'];
const targets = [
  'Fox',
  'cow',
  'A/Fox',
  'B/Cow',
  './Fox.md',
  '../Cow',
  'red',
  'two-words',
  'pic.png',
  'A/pic.png',
  'Nowhere',
];

function pageText(pick: (below: number) => number): string {
  const alias = pick(3) === 0 ? `---\naliases: [${pick(2) === 0 ? 'red' : 'B/Cow'}]\ntags: [t${pick(3)}]\n---\n` : '';
  const links = Array.from({ length: pick(4) }, () => `[[${targets[pick(targets.length)]}]]`).join(' ');
  const lines = Array.from({ length: 3 + pick(12) }, (_, n) => `line ${n} ${pick(4)}\n`).join('');
  return `${alias}# ${pick(100)}\n\n${links}\n\n${lines}`;
}

function randomFiles(pick: (below: number) => number, known: Map<string, string>): Record<string, string | null> {
  const files: Record<string, string | null> = {};
  for (let n = 0; n <= pick(3); n += 1) {
    const existing = [...known.keys()].filter((path) => files[path] === undefined);
    const victim = existing[pick(existing.length)];
    const kind = pick(5);
    const target = pick(5) === 0 ? `${['', 'A/'][pick(2)]}pic.png` : `${names[pick(names.length)]}.md`;
    if (kind === 0 && victim !== undefined) files[victim] = null;
    else if (kind === 1 && victim !== undefined && !known.has(target) && files[target] === undefined) {
      files[target] = (known.get(victim) ?? '') + (pick(2) === 0 ? '' : 'one more line\n');
      files[victim] = null;
    } else files[target] = pageText(pick);
  }
  return files;
}

function apply(known: Map<string, string>, files: Record<string, string | null>): void {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) known.delete(path);
    else known.set(path, text);
  }
}

describe('rows written live and rows rebuilt', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;

  beforeAll(async () => {
    room = await aReadingRoom();
  });
  afterAll(() => room?.close());

  async function live(wiki: WikiOfTest, pick: (below: number) => number): Promise<void> {
    const known = new Map<string, string>();
    await wiki.commit({ 'Home.md': '[[Fox]]\n' });
    for (let step = 0; step < 12; step += 1) {
      const files = randomFiles(pick, known);
      await wiki.commit(files, `Step ${step}`);
      apply(known, files);
      if (pick(3) !== 0) continue;
      const [theirs, mine] = [new Map(known), randomFiles(pick, known)];
      wiki.work('fetch', '-q');
      wiki.work('reset', '-q', '--hard', 'origin/main');
      for (let n = 0; n <= pick(2); n += 1) {
        const work = randomFiles(pick, theirs);
        wiki.commitInWork(work, `Work ${step}.${n}`);
        apply(theirs, work);
      }
      if (pick(2) === 0) {
        await wiki.commit(mine, `Meanwhile ${step}`);
        wiki.work('fetch', '-q');
        const strategy = pick(3) === 0 ? ['-s', 'ours'] : ['-X', pick(2) === 0 ? 'ours' : 'theirs'];
        merge(wiki, strategy);
      }
      await wiki.push();
      known.clear();
      for (const { path, oid } of await wiki.repository.walk((await wiki.repository.tip()) ?? '')) {
        known.set(path, (await wiki.repository.blob(oid)).toString('utf8'));
      }
    }
  }

  function merge(wiki: WikiOfTest, strategy: string[]): void {
    try {
      wiki.work('merge', '-q', ...strategy, '-m', 'Merge', 'origin/main');
    } catch {
      // What git cannot settle by itself is settled by keeping what is there.
      wiki.work('add', '-A');
      wiki.work('commit', '-q', '--no-edit');
    }
  }

  it.each([1, 2, 3])('are the same, whatever happened (seed %i)', async (seed) => {
    const wiki = await room.newWiki();
    await live(wiki, random(seed));
    const before = await wiki.rows();

    await room.catalogue.rebuild(wiki.id);

    expect(await wiki.rows()).toEqual(before);
    expect(before['commits']?.length).toBe(Number(wiki.git('rev-list', '--count', 'main')));
    expect(before['pages']?.length).toBe(
      wiki
        .git('ls-tree', '-r', '--name-only', '-z', 'main')
        .split('\0')
        .filter((path) => path.endsWith('.md')).length,
    );
  });
});
