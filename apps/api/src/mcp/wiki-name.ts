import type { WikiAddress } from '@lib/acl';
import { z } from 'zod';
import { notValid } from '../http/validation.js';
import { text } from './fields.js';

/** How the tools of the account endpoint name a wiki. */
export const wikiName = text(200).describe('owner/slug');

/** Takes the wiki out of the arguments of a tool. */
export function wikiOf(args: unknown): { address: WikiAddress; rest: Record<string, unknown> } {
  const { wiki, ...rest } = z.looseObject({}).parse(args ?? {}) as { wiki?: unknown };
  const match = /^@?([^/@\s]+)\/([^/\s]+)$/.exec(typeof wiki === 'string' ? wiki : '');
  if (match === null)
    throw notValid([{ path: ['wiki'], message: 'name a wiki as owner/slug, as list_wikis gives it' }]);
  return { address: { owner: match[1] ?? '', slug: match[2] ?? '' }, rest };
}

/** Whether the arguments of a tool name a wiki at all. */
export const namesWiki = (args: unknown): boolean => {
  const { wiki } = z.looseObject({}).parse(args ?? {}) as { wiki?: unknown };
  return wiki !== undefined && wiki !== '';
};
