import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { interleaved } from '../kit/pairs.ts';
import { atMost, type Part, result } from '../kit/row.ts';

/** What it costs a large process to start git, through the broker and by itself. */
export const spawning: Part = {
  name: 'spawning',
  run: async ({ scale, folder }) => {
    const stall = (how: 'broker' | 'small') => async () => {
      const child = fork(join(import.meta.dirname, '../kit/spawning-process.ts'), [how, folder]);
      const [ms] = (await once(child, 'message')) as [number];
      await once(child, 'close');
      return ms;
    };
    const { ours, beside, ratio, unrest } = await interleaved(
      Math.min(scale.rounds, 3),
      stall('broker'),
      stall('small'),
    );
    return [
      result({
        row: 'proc.spawn',
        measures: 'event loop held up by one git child, in a process of 550 MB through the broker, p50',
        beside: 'the same in a fresh process that starts it itself',
        unit: 'ms',
        ...{ ours, reference: beside, ratio, unrest },
        reach: atMost(1.5),
      }),
    ];
  },
};
