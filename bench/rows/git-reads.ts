import { CatFile } from '../kit/cat-file.ts';
import { pagePath } from '../kit/generated-wiki.ts';
import { git } from '../kit/git-plumbing.ts';
import type { Ground } from '../kit/ground.ts';
import { openOwn } from '../kit/own-repository.ts';
import { interleaved, median, timed, timedEach } from '../kit/pairs.ts';
import { atMost, type Part, type Result, result } from '../kit/row.ts';

const turns = 200;

/** The object layer alone: reading and listing beside the git binary. */
export const gitReads: Part = {
  name: 'git-reads',
  run: async (ground) => {
    const { source, pages } = await ground.wiki(ground.scale.middle);
    const catFile = new CatFile(source);
    try {
      return await read(ground, { source, pages, catFile });
    } finally {
      catFile.close();
    }
  },
};

interface Sides {
  source: string;
  pages: number;
  catFile: CatFile;
}

async function read({ folder, scale }: Ground, { source, pages, catFile }: Sides): Promise<Result[]> {
  const { repository } = await openOwn(source, folder);
  const ours = async (n: number) => {
    const tip = (await repository.tip()) ?? '';
    const item = await repository.entry(tip, `${pagePath(n)}.md`);
    return repository.blob(item?.oid ?? '');
  };
  const byGit = (n: number) => catFile.read(`main:${pagePath(n)}.md`);
  const same = (await ours(1)).equals(await byGit(1));
  if (!same) throw new Error('The two sides read different bytes.');
  const beside = 'a warm git cat-file --batch';
  const of = async (work: (n: number) => Promise<unknown>, at: (turn: number) => number) =>
    median(await timedEach(turns, (turn) => work(at(turn))));
  const hot = (turn: number) => turn % 50;
  const steps = [0, 0];
  // Each side has its own walk through pages that it never read before.
  const next = (side: 0 | 1) => () => (50 + (steps[side] = (steps[side] ?? 0) + 1)) % pages;
  const hotPages = await interleaved(
    scale.rounds,
    () => of(ours, hot),
    () => of(byGit, hot),
  );
  const newPages = await interleaved(
    scale.rounds,
    () => of(ours, next(0)),
    () => of(byGit, next(1)),
  );
  const listed = await interleaved(
    scale.rounds,
    async () => median(await timedEach(5, async () => repository.walk((await repository.tip()) ?? ''))),
    () => timed(() => git(['--git-dir', source, 'ls-tree', '-r', '--name-only', 'main'])),
  );
  return [
    row('git.read.hot', `a page read before, in process, ${pages} pages`, beside, hotPages, 0.25),
    row('git.read.first', 'a page never read before', beside, newPages, 1),
    row('git.list', 'all paths', 'git ls-tree -r --name-only', listed, 0.5),
  ];
}

function row(
  name: string,
  measures: string,
  beside: string,
  { ours, beside: reference, ratio, unrest }: Awaited<ReturnType<typeof interleaved>>,
  limit: number,
): Result {
  return result({ row: name, measures, beside, unit: 'ms', ours, reference, ratio, unrest, reach: atMost(limit) });
}
