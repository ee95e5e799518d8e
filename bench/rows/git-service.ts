import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { git } from '../kit/git-plumbing.ts';
import type { BenchWiki, Ground } from '../kit/ground.ts';
import { Connection, wire } from '../kit/http-load.ts';
import { commandOf, family } from '../kit/machine.ts';
import { interleaved, median, timed, timedEach } from '../kit/pairs.ts';
import { RestLane } from '../kit/rest.ts';
import { atMost, type Part, type Result, result } from '../kit/row.ts';

const run = promisify(execFile);
const turns = 10;
const lsRefs = Buffer.from('0014command=ls-refs\n00010009peel\n000csymrefs\n0000');

/** The git door below what the git command line feels. */
export const gitService: Part = {
  name: 'git-service',
  run: async (ground) => {
    const wiki = await ground.wiki(ground.scale.middle);
    return [await refs(ground, wiki), await cancel(ground, wiki), await afterEdits(ground)];
  },
};

async function refs(ground: Ground, wiki: BenchWiki): Promise<Result> {
  const { username, password, origin, pathname } = new URL(wiki.remote);
  const base = `${new URL(origin).origin}${pathname}`;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const lane = await Connection.open(new URL(base));
  const headers = { authorization, 'git-protocol': 'version=2' };
  const advertise = wire(new URL(`${base}/info/refs?service=git-upload-pack`), { headers });
  const head = `POST ${pathname}/git-upload-pack HTTP/1.1\r\nhost: ${new URL(base).host}\r\nauthorization: ${authorization}\r\ngit-protocol: version=2\r\ncontent-type: application/x-git-upload-pack-request\r\ncontent-length: ${lsRefs.length}\r\n\r\n`;
  const list = Buffer.concat([Buffer.from(head), lsRefs]);
  const ours = async () =>
    median(
      await timedEach(turns, async () => {
        for (const asked of [advertise, list]) {
          const { status } = await lane.send(asked);
          if (status !== 200) throw new Error(`The git door answered ${status}.`);
        }
      }),
    );
  const env = { ...process.env, GIT_PROTOCOL: 'version=2' };
  const spawned = async () =>
    median(
      await timedEach(turns, async () => {
        await run('git', ['upload-pack', '--stateless-rpc', '--advertise-refs', wiki.source], { env });
        const child = spawn('git', ['upload-pack', '--stateless-rpc', wiki.source], {
          env,
          stdio: ['pipe', 'ignore', 'inherit'],
        });
        child.stdin.end(lsRefs);
        await once(child, 'close');
      }),
    );
  const { ours: mine, beside, ratio, unrest } = await interleaved(ground.scale.rounds, ours, spawned);
  lane.close();
  return result({
    row: 'git.http.lsrefs',
    measures: 'advertisement and list of refs over HTTP',
    beside: 'the same from two git upload-pack, without HTTP',
    unit: 'ms',
    ...{ ours: mine, reference: beside, ratio, unrest },
    reach: atMost(0.5),
  });
}

/** Clients that are killed in the middle of a clone; no git of theirs may live on. */
async function cancel({ server, folder }: Ground, wiki: BenchWiki): Promise<Result> {
  const clients = Array.from({ length: 8 }, (_, at) =>
    spawn('git', ['clone', '--quiet', '--bare', wiki.remote, join(folder, `cancelled-${at}`)], { stdio: 'ignore' }),
  );
  const working = () =>
    family(server.child.pid ?? 0).filter((pid) => / (?:upload-pack|pack-objects)/.test(commandOf(pid)));
  const end = Date.now() + 10_000;
  while (working().length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const client of clients) client.kill('SIGKILL');
  const killed = performance.now();
  while (working().length > 0 && performance.now() - killed < 10_000)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return result({
    row: 'git.http.cancel',
    measures: `until no git works for ${clients.length} clients that were killed while cloning`,
    unit: 'ms',
    ours: performance.now() - killed,
    reach: atMost(1000, 'ours'),
    more: { left: working().length },
  });
}

/** What many small commits leave behind, once maintenance has looked after them. */
async function afterEdits(ground: Ground): Promise<Result> {
  const wiki = await ground.wiki(ground.scale.small);
  const lane = await RestLane.open(ground, wiki);
  const edits = ground.scale.rounds > 2 ? 2000 : 50;
  for (let turn = 0; turn < edits; turn += 1) await lane.edit(`Edited/Page${turn % 40}`, `# Turn\n\n${turn}\n`);
  lane.close();
  const packed = join(ground.folder, 'packed.git');
  await git(['clone', '--quiet', '--bare', wiki.remote, packed]);
  await git(['--git-dir', packed, 'repack', '-adq', '--write-bitmap-index']);
  const clone = (from: string) => async () => {
    const to = join(ground.folder, 'edited-clone');
    const ms = await timed(() => git(['clone', '--quiet', '--bare', from, to]));
    await rm(to, { recursive: true });
    return ms;
  };
  // Both over the same door would need a second wiki; a folder is the harder comparison.
  const { ours, beside, ratio, unrest } = await interleaved(
    ground.scale.rounds,
    clone(wiki.remote),
    clone(`file://${packed}`),
  );
  return result({
    row: 'git.maint',
    measures: `git clone after ${edits} single edits`,
    beside: 'git clone file:// of the same, packed by hand',
    unit: 'ms',
    ...{ ours, reference: beside, ratio, unrest },
    reach: atMost(1.4),
  });
}
