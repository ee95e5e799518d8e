import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { generateBulk } from '../kit/generated-wiki.ts';
import { git } from '../kit/git-plumbing.ts';
import type { BenchWiki, Ground } from '../kit/ground.ts';
import { startNginx } from '../kit/nginx.ts';
import { type Compared, interleaved, median, timed, timedEach } from '../kit/pairs.ts';
import { atMost, type Part, type Result, result } from '../kit/row.ts';

/** What the git command line feels: clone, push and fetch beside the same from a folder and from nginx. */
export const transport: Part = {
  name: 'transport',
  run: async (ground) => [await cloneBulk(ground), ...(await smallTalk(ground))],
};

const told = ({ ours, beside, ratio, unrest }: Compared) => ({ unit: 'ms', ours, reference: beside, ratio, unrest });

async function cloneBulk(ground: Ground): Promise<Result> {
  const { folder, scale } = ground;
  const source = await generateBulk(folder, scale.cloneMb);
  const wiki = await ground.bring('bulk', source);
  const cloneOf = (from: string) => async () => {
    const to = join(folder, 'clone');
    const time = await timed(() => git(['clone', '--quiet', '--bare', from, to]));
    await rm(to, { recursive: true });
    return time;
  };
  const compared = await interleaved(scale.rounds, cloneOf(wiki.remote), cloneOf(`file://${source}`));
  return result({
    row: 'git.clone',
    measures: `git clone of ${scale.cloneMb} MB`,
    beside: 'git clone file://',
    ...told(compared),
    reach: atMost(1.2),
  });
}

async function smallTalk(ground: Ground): Promise<Result[]> {
  const wiki = await ground.wiki(ground.scale.middle);
  return [await pushOne(ground, wiki), ...(await fetchNothing(ground, wiki))];
}

const turns = 5;

async function pushOne(ground: Ground, wiki: BenchWiki): Promise<Result> {
  const { folder, scale } = ground;
  const lane = async (name: string, remote: string) => {
    const clone = join(folder, name);
    await git(['clone', '--quiet', remote, clone]);
    await git(['config', 'user.name', 'Bench'], clone);
    await git(['config', 'user.email', 'bench@example.org'], clone);
    let pushed = 0;
    return async () => {
      const times: number[] = [];
      for (let turn = 0; turn < turns; turn += 1) {
        pushed += 1;
        await writeFile(join(clone, 'Pushed.md'), `# Pushed\n\nTurn ${pushed}.\n`);
        await git(['add', 'Pushed.md'], clone);
        await git(['commit', '--quiet', '-m', `Push ${pushed}`], clone);
        times.push(await timed(() => git(['push', '--quiet', 'origin', 'HEAD:main'], clone)));
      }
      return median(times);
    };
  };
  const bare = join(folder, 'pushed-to.git');
  await git(['clone', '--quiet', '--bare', wiki.source, bare]);
  const compared = await interleaved(
    scale.rounds,
    await lane('push-ours', wiki.remote),
    await lane('push-file', `file://${bare}`),
  );
  return result({
    row: 'git.push',
    measures: `git push of one commit, ${wiki.pages} pages`,
    beside: 'git push file://',
    ...told(compared),
    reach: atMost(3.5),
  });
}

async function fetchNothing(ground: Ground, wiki: BenchWiki): Promise<Result[]> {
  const { folder, scale } = ground;
  const lane = async (name: string, remote: string) => {
    const clone = join(folder, name);
    await git(['clone', '--quiet', '--bare', remote, clone]);
    return async () => median(await timedEach(turns, () => git(['fetch', '--quiet', remote, 'main'], clone)));
  };
  const ours = await lane('fetch-ours', wiki.remote);
  const measures = `git fetch with nothing new, ${wiki.pages} pages`;
  const byFile = await interleaved(scale.rounds, ours, await lane('fetch-file', `file://${wiki.source}`));
  const results = [
    result({ row: 'git.fetch0.file', measures, beside: 'git fetch file://', ...told(byFile), reach: atMost(2.2) }),
  ];
  const nginx = await startNginx(folder, basename(wiki.source));
  if (nginx === null) return results;
  try {
    const compared = await interleaved(scale.rounds, ours, await lane('fetch-nginx', nginx.remote));
    const beside = 'the same from nginx with git http-backend';
    results.push(result({ row: 'git.fetch0', measures, beside, ...told(compared), reach: atMost(1) }));
  } finally {
    nginx.stop();
  }
  return results;
}
