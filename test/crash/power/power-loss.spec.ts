import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Repositories } from '@lib/git';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Seeded } from '../seeded.js';
import { kinds, type Kept, layOut } from './after-power-loss.js';
import { Replay } from './replay.js';
import { canTrace, type Call, traceOf } from './trace.js';

const project = join(import.meta.dirname, '../../..');
const room = join(project, 'dist/api/libs/git/src/index.js');
const id = '00000000-0000-4000-8000-000000000001';
const seed = Number(process.env.SEED ?? 1);
/** So many moments of each workload the power fails at, evenly spread; ROUNDS=200 is more than there are. */
const moments = Number(process.env.ROUNDS ?? 20) * 3;

const isTraced = canTrace();
if (!isTraced)
  console.warn('No power is cut: strace is not installed, or may not trace here (apt-get install strace).');

describe.skipIf(!isTraced)('when the power fails', { timeout: 3_600_000 }, () => {
  let scratch: string;
  beforeAll(() => void (scratch = mkdtempSync(join(tmpdir(), 'wikibot-power-'))));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const record = async (door: string): Promise<{ calls: Call[]; root: string }> => {
    const root = join(scratch, door, 'data/repositories');
    mkdirSync(join(scratch, door, 'clone'), { recursive: true });
    mkdirSync(join(scratch, door, 'data'));
    const args = [join(import.meta.dirname, 'workload.mjs'), room, root, join(scratch, door, 'clone'), door];
    return { root, calls: await traceOf(join(scratch, `${door}.trace`), process.execPath, args) };
  };

  it.each(['funnel', 'push', 'tidying'])('everything acknowledged is there again (%s)', async (door) => {
    const { calls, root } = await record(door);
    const disk = join(root, '..');
    const random = new Seeded(seed);
    const points = pointsOf(calls, disk);
    const every = Math.max(1, Math.floor(points.length / moments));
    const replay = new Replay(disk);
    const faults: string[] = [];
    let states = 0;
    for (const [at, call] of calls.entries()) {
      const before = replay.acknowledged.length;
      replay.apply(call, at);
      // The moment after an acknowledgement is the one it has to be true for.
      const isChosen = points.indexOf(at) % every === 0 || replay.acknowledged.length > before;
      if (!isChosen || replay.acknowledged.length === 0) continue;
      for (const kept of kinds) {
        const folder = join(scratch, 'after');
        layOut(replay.disk, folder, { kept, random });
        const fault = await faultOf(join(folder, 'repositories'), replay.acknowledged);
        states += 1;
        if (fault !== null) faults.push(`${kept} after ${at} (${call.name} ${said(call)}): ${fault}`);
        rmSync(folder, { recursive: true, force: true });
      }
    }
    console.log(`${door}: ${replay.acknowledged.length} writes, ${states} disks looked at, ${faults.length} faulty`);
    expect(faults).toEqual([]);
    expect(states).toBeGreaterThan(kinds.length);
    // The disk of the model is worth something only when it ends as the real one did.
    layOut(replay.disk, join(scratch, 'end'), { kept: 'everything' satisfies Kept, random });
    expect(bytesBelow(join(scratch, 'end'))).toEqual(bytesBelow(disk));
    rmSync(join(scratch, 'end'), { recursive: true });
  });
});

/** The calls that change what may be left. */
function pointsOf(calls: Call[], disk: string): number[] {
  const replay = new Replay(disk);
  return calls.flatMap((call, at) => (replay.apply(call, at) ? [at] : []));
}

const said = ({ args }: Call) =>
  args
    .map((argument) => argument.replaceAll(/(\\x[0-9a-f]{2})+/g, decoded))
    .join(' ')
    .slice(-160);
const decoded = (hex: string) => Buffer.from(hex.replaceAll('\\x', ''), 'hex').toString('latin1');

/** Opens what is left as a server does that starts again, and looks for what was acknowledged. */
async function faultOf(root: string, acknowledged: string[]): Promise<string | null> {
  const repositories = new Repositories({ root });
  try {
    const repository = await repositories.open(id);
    const tip = await repository.tip();
    for (const commit of acknowledged) {
      if (tip === null || !(await repository.isAncestor(commit, tip))) return `${commit} is not in ${tip}`;
    }
    return await fsck(repository.gitDir);
  } catch (error) {
    return String(error);
  } finally {
    await repositories.close();
  }
}

async function fsck(gitDir: string): Promise<string | null> {
  const settings = ['-c', 'safe.directory=*', '--git-dir', gitDir];
  return promisify(execFile)('git', [...settings, 'fsck', '--strict', '--full', '--no-dangling', '--no-progress']).then(
    ({ stdout, stderr }) => (`${stdout}${stderr}` === '' ? null : `${stdout}${stderr}`),
    (error: unknown) => String(error),
  );
}

function bytesBelow(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const file = join(folder, path);
      return [path, statSync(file).isDirectory() ? 'folder' : readFileSync(file).toString('base64')];
    }),
  );
}
