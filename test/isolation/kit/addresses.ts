import { customSlug, owner } from './tenants.js';

/** Where to send a request: the path, and the Host header when the wiki is named by it. */
export interface Place {
  path: string;
  host?: string;
}

export const baseHost = 'wikibot.test';

/** The ways to name a wiki in front of what is asked of it. */
export const forms: Record<string, (slug: string, who?: string) => Place> = {
  'by owner and slug': (slug, who = owner) => ({ path: `/@${who}/${slug}` }),
  'by custom slug': (slug) => ({ path: `/@${customSlug(slug)}` }),
  'on the host of the owner': (slug, who = owner) => ({ host: `${who}.${baseHost}`, path: `/${slug}` }),
  'on a host of its own': (slug) => ({ host: `${customSlug(slug)}.${baseHost}`, path: '' }),
};

/** A path with `{owner}` and `{wiki}` in it, sent to one wiki in one way. */
export function placed(template: string, place: Place): Place {
  return { ...place, path: template.replace('/@{owner}/{wiki}', place.path) };
}

/** A path of the platform that names owner and slug as parameters. */
export function named(template: string, slug: string, who = owner): Place {
  return { path: template.replace('{owner}', who).replace('{slug}', slug) };
}
