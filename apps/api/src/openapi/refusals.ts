import { problems } from '../http/problems.js';
import type { Route } from './routes.js';

export interface Refusal {
  code: string;
  title: string;
}

const signIn = ['sign-in-required', 'bad-credential'];
const ofWikis = ['wiki-not-found', 'denied', 'scope-too-narrow'];
const ofPaths = ['path-outside-token', 'path-not-allowed'];
const ofWrites = ['wiki-lapsed', 'not-valid', 'message-not-valid'];

/** The refusals of a route by status: its own, and those every route of its kind gives. */
export function refusalsOf(route: Route): [number, Refusal[]][] {
  const codes = new Set([...kindCodes(route), ...route.fails]);
  const byStatus = new Map<number, Refusal[]>();
  for (const code of codes) {
    const row = (problems as Record<string, { status: number; title: string } | undefined>)[code];
    if (row !== undefined) byStatus.set(row.status, [...(byStatus.get(row.status) ?? []), { code, title: row.title }]);
  }
  return [...byStatus].sort(([a], [b]) => a - b);
}

function kindCodes(route: Route): string[] {
  const isOfWiki = route.path.includes('{owner}');
  return [
    ...signIn,
    ...(isOfWiki ? ofWikis : ['scope-too-narrow']),
    ...(route.parameters.includes('path') ? ofPaths : []),
    ...(route.method === 'get' ? [] : ofWrites),
    ...(route.query === null && route.body === null ? [] : ['not-valid']),
    ...(route.isConditional ? ['precondition-failed'] : []),
  ];
}
