import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pagePath, pageText } from '../kit/generated-wiki.ts';
import { git, PlumbingRepository } from '../kit/git-plumbing.ts';
import type { BenchWiki, Ground } from '../kit/ground.ts';
import { openOwn } from '../kit/own-repository.ts';
import { type Compared, interleaved, median, timedEach } from '../kit/pairs.ts';
import { writeDurably } from '../kit/raw-files.ts';
import { atLeast, atMost, type Part, type Reach, type Result, result } from '../kit/row.ts';

const turns = 20;
let edits = 0;

/** The object layer alone: commits beside the git binary and beside the disk. */
export const gitWrites: Part = {
  name: 'git-writes',
  run: async (ground) => {
    const wiki = await ground.wiki(ground.scale.middle);
    return [
      await inMemory(ground, wiki),
      ...(await durable(ground, wiki)),
      await bySize(ground),
      await eight(ground, wiki),
    ];
  },
};

const told = ({ ours, beside, ratio, unrest }: Compared, reach: Reach) => ({
  ours,
  reference: beside,
  ratio,
  unrest,
  reach,
});

function change(pages: number): { path: string; text: string } {
  edits += 1;
  const n = (edits * 37) % pages;
  return { path: pagePath(n), text: `${pageText(n, pages)}\nEdit ${edits}.\n` };
}

const p50 = async (work: (turn: number) => Promise<unknown>) => median(await timedEach(turns, work));

/** On tmpfs, where nothing waits for a disk: what the processor does. */
async function inMemory({ scale }: Ground, wiki: BenchWiki): Promise<Result> {
  const folder = await mkdtemp('/dev/shm/wikibot-bench-');
  try {
    const own = await openOwn(wiki.source, folder);
    const peer = join(folder, 'peer.git');
    await cp(wiki.source, peer, { recursive: true });
    const compared = await interleaved(
      scale.rounds,
      () => p50(() => edit(own, wiki)),
      () => p50(() => fastImport(peer, change(wiki.pages))),
    );
    return result({
      row: 'git.write.cpu',
      measures: `one commit on tmpfs, ${wiki.pages} pages`,
      beside: 'one git fast-import',
      unit: 'ms',
      ...told(compared, atMost(0.15)),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const edit = (own: Awaited<ReturnType<typeof openOwn>>, { pages }: BenchWiki) => {
  const { path, text } = change(pages);
  return own.edit(path, text);
};

async function fastImport(gitDir: string, { path, text }: { path: string; text: string }): Promise<void> {
  const child = spawn('git', ['--git-dir', gitDir, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const head =
    'commit refs/heads/main\ncommitter B <b@example.org> 1700000000 +0000\ndata 1\nE\nfrom refs/heads/main^0\n';
  child.stdin.end(`${head}M 100644 inline ${path}.md\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}.`);
}

async function durable({ folder, scale }: Ground, wiki: BenchWiki): Promise<Result[]> {
  const own = await openOwn(wiki.source, folder);
  const plumbing = await PlumbingRepository.copyOf(wiki.source, join(folder, 'plumbing-alone.git'));
  const sizes = await plumbing.sizesOfEdit(change(wiki.pages));
  const ours = () => p50(() => edit(own, wiki));
  const raw = (round: number) => p50((turn) => writeDurably(join(folder, 'raw-alone', `${round}`), turn, sizes));
  const besideRaw = await interleaved(scale.rounds, ours, raw);
  const besideGit = await interleaved(scale.rounds, ours, () =>
    p50(() => {
      const { path, text } = change(wiki.pages);
      return plumbing.edit(`${path}.md`, text);
    }),
  );
  const measures = `one durable commit, in process, ${wiki.pages} pages`;
  return [
    result({
      row: 'git.write.durable',
      measures,
      beside: `${sizes.length} files of the same sizes written and fsync'd side by side, and their folder`,
      unit: 'ms',
      ...told(besideRaw, atMost(2.5)),
    }),
    result({
      row: 'git.write.durable.git',
      measures,
      beside: 'git plumbing with core.fsync=committed',
      unit: 'ms',
      ...told(besideGit, atMost(0.3)),
    }),
  ];
}

async function bySize(ground: Ground): Promise<Result> {
  const large = await ground.wiki(ground.scale.large);
  const small = await ground.wiki(ground.scale.small);
  const [inLarge, inSmall] = [await openOwn(large.source, ground.folder), await openOwn(small.source, ground.folder)];
  const compared = await interleaved(
    ground.scale.rounds,
    () => p50(() => edit(inLarge, large)),
    () => p50(() => edit(inSmall, small)),
  );
  return result({
    row: 'git.write.scale',
    measures: `one durable commit at ${large.pages} pages`,
    beside: `the same at ${small.pages} pages`,
    unit: 'ms',
    ...told(compared, atMost(2)),
  });
}

/** Eight writers in one process, beside one who writes as much alone; nothing may be missing from history. */
async function eight({ folder, scale }: Ground, wiki: BenchWiki): Promise<Result> {
  const own = await openOwn(wiki.source, folder);
  const writers = 8;
  let acknowledged = 0;
  const perSecond = async (lanes: number) => {
    const started = performance.now();
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let turn = 0; turn < (turns * writers) / lanes; turn += 1) {
          await edit(own, wiki);
          acknowledged += 1;
        }
      }),
    );
    return (turns * writers * 1000) / (performance.now() - started);
  };
  const compared = await interleaved(
    scale.rounds,
    () => perSecond(writers),
    () => perSecond(1),
  );
  const gitDir = join(own.root, own.id, 'repo.git');
  const before = Math.ceil(wiki.pages / 10);
  const made = Number(await git(['--git-dir', gitDir, 'rev-list', '--count', 'main'])) - before;
  await git(['--git-dir', gitDir, 'fsck', '--strict', '--no-progress']);
  return result({
    row: 'git.write.contend',
    measures: `${writers} writers on one repository in one process`,
    beside: 'one writer',
    unit: 'commits/s',
    ...told(compared, atLeast(0.8)),
    more: { lost: acknowledged - made },
  });
}
