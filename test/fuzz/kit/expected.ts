import { expect } from 'vitest';
import { problems } from '../../../apps/api/src/http/problems.js';

/** Nothing takes longer, whatever it is asked. */
export const longestMs = 20_000;

/** What no answer may hold: where our files lie, or what our code was doing. */
const inside =
  /\bat [\w.<>]+ \(|\.[tj]s:\d+:\d+|node_modules|\/work\/|\/tmp\/wikibot|repo\.git|QueryFailedError|syntax error at or near/;

export function expectNothingOfOurs(text: string, sent: string): void {
  // What came in may come back, as the name of what was not found.
  const found = inside.exec(text)?.[0];
  if (found !== undefined && !sent.includes(found)) expect(found, text.slice(0, 2000)).toBeUndefined();
}

/** A refusal has a code of the table, and the status of that code. */
export function expectProblem({ status, body }: { status: number; body: Record<string, unknown> }): string {
  const code = String(body.type).replace('/problems/', '');
  const row = (problems as Record<string, { status: number } | undefined>)[code];
  expect(row?.status, JSON.stringify(body).slice(0, 1000)).toBe(status);
  expect(body).toMatchObject({ title: expect.any(String) as string, detail: expect.any(String) as string });
  return code;
}
