import { Seeded } from './seeded.js';

/** What is killed: `machine` is everything of ours at once, as a power cut or the out-of-memory killer does it. */
const victims = ['server', 'postgres', 'backend', 'broker', 'git', 'machine'] as const;
export type Victim = (typeof victims)[number];

export interface Kill {
  round: number;
  victim: Victim;
  /** Which of the servers, where there are several. */
  server: number;
  /** It happens after so many acknowledgements of this round, … */
  afterAcks: number;
  /** … and so many milliseconds. */
  thenMs: number;
}

// Servers are killed most often: theirs is the longest way back.
const odds: Victim[] = ['server', 'server', 'server', 'machine', 'machine', 'postgres', 'backend', 'broker', 'git'];

/** The kills of a run; the first of them kill everything once, so that a short run leaves nothing out. */
export function planKills(seed: number, { rounds, servers }: { rounds: number; servers: number }): Kill[] {
  const random = new Seeded(seed);
  const first = [...victims];
  return Array.from({ length: rounds }, (_, round) => ({
    round,
    victim: first[round] ?? random.pick(odds),
    server: random.below(servers),
    afterAcks: 5 + random.below(25),
    thenMs: random.below(30),
  }));
}
