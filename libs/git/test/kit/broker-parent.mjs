// A process that runs git through a broker and waits to be killed.
import { mkdirSync } from 'node:fs';
import './source-hook.mjs';

const { brokerRunner } = await import('../../src/broker.ts');
const [, , socketDir, gitDir] = process.argv;
mkdirSync(socketDir, { recursive: true });
const runner = await brokerRunner({ socketDir });
runner.start({ args: ['cat-file', `--batch-check=${socketDir}`], gitDir });
process.stdout.write('started\n');
setInterval(() => {}, 1000);
