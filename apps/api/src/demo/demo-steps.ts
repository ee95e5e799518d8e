import { type ImportStep, starterPages } from '@lib/wiki';
import { servedTools } from '../mcp/served-tools.js';
import type { DemoContent, DemoStep } from './demo-content.js';

const dayMs = 24 * 60 * 60_000;
const beginningMs = 8 * 60 * 60_000;
const betweenMs = 23 * 60_000;

/** The demo's history as commits to make: what every new wiki begins with, and then its steps. */
export function demoSteps(
  content: DemoContent,
  authorOf: (username: string) => ImportStep['author'],
  now = new Date(),
): ImportStep[] {
  const dates = datesOf(content.steps, now);
  const told = content.steps.map(({ who, agent = null, door, message, path, bytes }, at) => ({
    ...{ door, agent, message, author: authorOf(who), date: dates[at] ?? now },
    files: [{ path, bytes }],
  }));
  const [first] = told;
  if (first === undefined) return [];
  const begun = starterPages({ ...content, tools: servedTools.list() }).map(({ path, content: text }) => ({
    path: `${path}.md`,
    bytes: Buffer.from(text),
  }));
  return [
    { ...first, message: 'Begin the wiki', files: begun, date: new Date(first.date.getTime() - 60_000) },
    ...told,
  ];
}

/** Backwards from now; those of one day follow each other through its hours. */
function datesOf(steps: readonly DemoStep[], now: Date): Date[] {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  let [day, ofDay] = [-1, 0];
  return steps.map(({ daysAgo }) => {
    ofDay = daysAgo === day ? ofDay + 1 : 0;
    day = daysAgo;
    const time = today - daysAgo * dayMs + beginningMs + ofDay * betweenMs;
    return new Date(Math.min(time, now.getTime()));
  });
}
