import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Door, Role } from '@lib/acl';
import type { LinkOrder } from '@lib/markdown';

const isSource = import.meta.url.endsWith('.ts');
// Built, the demo is still the one that lies beside the sources.
const toApi = isSource ? '../../' : '../../../../../../apps/api/';
const demoFolder = fileURLToPath(new URL(`${toApi}demo`, import.meta.url));

/** Somebody who writes in the demo wiki. */
export interface DemoPerson {
  username: string;
  displayName: string;
  role: Role;
}

type Change = { create: true } | { replace: [before: string, after: string][] } | { attach: string };

interface Step {
  who: string;
  agent?: string;
  door: Door;
  daysAgo: number;
  message: string;
  page: string;
  change: Change;
}

/** One step of the demo's history, with the one file that it changes as it is after it. */
export interface DemoStep extends Omit<Step, 'change' | 'page'> {
  path: string;
  bytes: Buffer;
}

/** What the demo wiki is made from. */
export interface DemoContent {
  slug: string;
  name: string;
  purpose: string;
  linkOrder: LinkOrder;
  categories: string[];
  people: DemoPerson[];
  steps: DemoStep[];
}

/** Reads the demo; its README says what the files hold. */
export function readDemo(): DemoContent {
  const { linkOrder, ...wiki } = json<Omit<DemoContent, 'people' | 'steps'>>('wiki.json');
  return {
    ...wiki,
    linkOrder: linkOrder.replace(' ', '-') as LinkOrder,
    people: json<DemoPerson[]>('people.json'),
    steps: withContents(json<Step[]>('history.json')),
  };
}

/** From the last texts backwards: what a step replaced is put back to find what was there before it. */
function withContents(steps: readonly Step[]): DemoStep[] {
  const texts = new Map<string, string>();
  const found: DemoStep[] = [];
  for (const { change, page, ...step } of [...steps].reverse()) {
    const path = 'attach' in change ? change.attach : `${page}.md`;
    if ('attach' in change) {
      found.push({ ...step, path, bytes: fileOf(path) });
      continue;
    }
    const after = texts.get(path) ?? fileOf(path).toString('utf8');
    found.push({ ...step, path, bytes: Buffer.from(after) });
    const replaced = 'replace' in change ? [...change.replace].reverse() : [];
    texts.set(
      path,
      replaced.reduce((text, [before, now]) => putBack(text, { before, now, path }), after),
    );
  }
  return found.reverse();
}

function putBack(text: string, { before, now, path }: { before: string; now: string; path: string }): string {
  const parts = text.split(now);
  if (parts.length === 2) return parts.join(before);
  throw new Error(`${path} of the demo has ${JSON.stringify(now)} ${parts.length - 1} times and not once.`);
}

const fileOf = (path: string): Buffer => readFileSync(join(demoFolder, 'pages', path));
const json = <T>(name: string): T => JSON.parse(readFileSync(join(demoFolder, name), 'utf8')) as T;
