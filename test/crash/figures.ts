import type { Victim } from './kill-plan.js';

/** What a run counted, told at its end. */
export class Figures {
  readonly kills = new Map<Victim, number>();
  readonly lost: string[] = [];
  readonly other: string[] = [];
  readonly stuck: string[] = [];
  /** From listening to every wiki writable, after a start. */
  readonly healMs: number[] = [];
  /** From starting processes to listening, PostgreSQL's own recovery included. */
  readonly startMs: number[] = [];
  /** From the kill to every wiki writable, where the servers lived on. */
  readonly outageMs: number[] = [];

  killed(victim: Victim): void {
    this.kills.set(victim, (this.kills.get(victim) ?? 0) + 1);
  }

  told(acks: number, doubts: number): string {
    const kills = [...this.kills].map(([victim, count]) => `${victim} ${count}`).join(', ');
    const faults = `${this.lost.length} lost, ${this.other.length} other faults, ${this.stuck.length} stuck`;
    const times = [
      `heal after a start ${spread(this.healMs)}`,
      `start ${spread(this.startMs)}`,
      `outage without a start ${spread(this.outageMs)}`,
    ];
    return `${acks} acknowledged, ${doubts} left in doubt; killed: ${kills}; ${faults}; ${times.join('; ')}`;
  }
}

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function spread(values: number[]): string {
  if (values.length === 0) return 'never';
  return `p50 ${Math.round(median(values))} ms, max ${Math.round(Math.max(...values))} ms`;
}
