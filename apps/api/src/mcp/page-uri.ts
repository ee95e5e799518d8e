import type { WikiRef } from '@lib/acl';

/** The address of a page as a resource. */
export const pageUriTemplate = 'wiki://{owner}/{wiki}/{+path}';

export function pageUri({ owner, slug }: WikiRef, path: string): string {
  const segments = path.split('/').map(encodeURIComponent);
  return `wiki://${owner.username}/${slug}/${segments.join('/')}`;
}

/** What a URI names; null when it is not one of ours, or cannot be decoded. */
export function readPageUri(uri: string): { owner: string; slug: string; path: string } | null {
  const match = /^wiki:\/\/([^/?#]+)\/([^/?#]+)\/([^?#]+)$/.exec(uri);
  try {
    const [owner = '', slug = '', path = ''] = (match?.slice(1) ?? []).map(decodeURIComponent);
    return match === null ? null : { owner, slug, path };
  } catch {
    return null;
  }
}
