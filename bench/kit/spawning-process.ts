// Tells how long starting a git child holds up this process; `broker` fills it with memory first.
import { join } from 'node:path';
import { gitRoom } from './built.ts';
import { median } from './pairs.ts';

const [how = 'small', folder = '/tmp'] = process.argv.slice(2);
const { brokerRunner, directRunner } = await gitRoom();
const runner = how === 'broker' ? await brokerRunner({ socketDir: join(folder, 'run') }) : directRunner();
// Touched pages, as a cache has them: untouched ones cost a fork nothing.
const ballast = how === 'broker' ? Array.from({ length: 550 }, (_, at) => Buffer.alloc(1 << 20, at)) : [];
const times: number[] = [];
for (let turn = 0; turn < 30; turn += 1) {
  const started = performance.now();
  const child = runner.start({ args: ['version'] });
  times.push(performance.now() - started);
  child.stdin.end();
  child.stdout.resume();
  child.stderr.resume();
  await child.exit;
}
process.send?.(median(times) + 0 * ballast.length);
await runner.close();
process.disconnect();
