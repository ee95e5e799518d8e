import type { ChangeInfo } from '@lib/wiki';

/** A revision as people read it. Seven digits and more are taken back as a revision. */
export const short = (revision: string | null): string => (revision ?? '').slice(0, 8);

/** Who made a change, with the agent that acted for them, or who pushed it: a pushed commit may claim any author. */
export function who({ author, agent, pushedBy }: Pick<ChangeInfo, 'author' | 'agent' | 'pushedBy'>): string {
  const by = pushedBy === null ? agent : `pushed by ${pushedBy}`;
  return by === null ? author.name : `${author.name} (${by})`;
}

/** Text set off under a line above it. */
export const indented = (text: string, by = '  '): string => text.trim().replaceAll(/^/gm, by);

/** The line that leads on when a list was cut. */
export const moreLine = (next: string | null): string[] =>
  next === null ? [] : ['', `There is more: call again with cursor="${next}".`];

/** The line that warns of answers from before the newest change. */
export const behindLine = (behind: number): string[] =>
  behind === 0 ? [] : ['', `The lists of this wiki are ${behind} commits behind; they are catching up.`];
