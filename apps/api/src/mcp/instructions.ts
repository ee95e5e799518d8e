import type { Access, Acl } from '@lib/acl';
import { guidePath, type WikiSettings } from '@lib/wiki';

type Settings = Awaited<ReturnType<WikiSettings['of']>>;

/** What a client should know of a wiki before the first call. */
export function wikiInstructions(access: Access, settings: Settings, acl: Pick<Acl, 'can'>): string {
  const { name, owner, slug, purpose } = access.wiki;
  const link = settings.linkOrder === 'label-first' ? '[[label|Page/Path]]' : '[[Page/Path|label]]';
  return [
    `The wiki "${name}" (${owner.username}/${slug}).${purpose === null ? '' : ` Its purpose: ${purpose}`}`,
    `Begin with read_note "Home", then get_recent_changes, then read_note "${guidePath}" for the conventions here.`,
    `Pages have paths such as Actors/Iran, without .md, and link to each other as [[Page/Path]] or ${link}.`,
    'Search before you write. An existing page is changed with the revision you read; a stale one is merged or refused.',
    ...(acl.can(access, 'page.write') ? [] : ['You may read here, not write.']),
  ].join('\n');
}

export const accountInstructions = [
  'The wikis of one account. Begin with list_wikis; every other tool takes the wiki as owner/slug.',
  `In a wiki, begin with read_note "Home", then get_recent_changes, then read_note "${guidePath}" for its conventions.`,
].join('\n');
