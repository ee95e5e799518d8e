import { describe, expect, it } from 'vitest';
import { readDemo } from './demo-content.js';
import { demoSteps } from './demo-steps.js';

const content = readDemo();
const author = (username: string) => ({ userId: null, username, displayName: null });

describe('the demo', () => {
  it('is told by people who are in it, of pages that are there, with something changed by every step', () => {
    const people = new Set(content.people.map(({ username }) => username));
    const texts = new Map<string, string>();
    for (const { who, path, message, bytes } of content.steps) {
      expect(people, who).toContain(who);
      expect(bytes.toString('latin1'), `${path}: ${message}`).not.toBe(texts.get(path));
      texts.set(path, bytes.toString('latin1'));
    }
  });

  it('begins as every wiki does, and then goes forward in time to a day before now', () => {
    const now = new Date('2026-11-28T03:00:00Z');
    const steps = demoSteps(content, author, now);
    const times = steps.map(({ date }) => date.getTime());

    expect(steps[0]?.files.map(({ path }) => path)).toEqual([
      'Home.md',
      'Meta/Wiki Usage Guide.md',
      'Meta/Page Template.md',
    ]);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(Math.floor(now.getTime() / 86_400_000) - Math.floor((times[1] ?? 0) / 86_400_000)).toBe(
      content.steps[0]?.daysAgo,
    );
    expect(times.at(-1)).toBeLessThan(now.getTime());
  });
});
