import type { WikiRef } from '@lib/acl';
import type { ComponentChildren } from 'preact';
import { type Site, SiteFrame } from './site-frame.js';

/** The parts of keeping a wiki. */
export type ManagePart = 'connect' | 'members' | 'tokens' | 'settings' | 'copies';

/** What the pages about a wiki as a whole show around themselves. */
export interface Managed extends Site {
  wiki: WikiRef;
  /** Where the wiki itself is read. */
  address: string;
  /** The parts that whoever asks may see. */
  parts: readonly ManagePart[];
}

/** A page about a wiki as a whole, which stands on the platform and not on the host of the wiki. */
export function ManageFrame({
  part,
  children,
  ...managed
}: Managed & { part: ManagePart; children: ComponentChildren; scripts?: readonly string[] }) {
  const { wiki, address, parts, texts } = managed;
  return (
    <SiteFrame {...managed} title={`${texts.site.parts[part]} · ${wiki.name}`} isPrivate>
      <p class="site-of">
        <a href={address}>{wiki.name}</a> <span class="site-soft">{`@${wiki.owner.username}/${wiki.slug}`}</span>
      </p>
      <nav class="site-tabs" aria-label={wiki.name}>
        {parts.map((one) => (
          <a href={managePath(wiki, one)} {...(one === part && { 'aria-current': 'page' })}>
            {texts.site.parts[one]}
          </a>
        ))}
      </nav>
      <h1>{texts.site.parts[part]}</h1>
      {children}
    </SiteFrame>
  );
}

/** Where a part of keeping a wiki is, on the platform. */
export const managePath = (
  { owner, slug }: Pick<WikiRef, 'slug'> & { owner: { username: string } },
  part: ManagePart,
): string => `/wikis/${owner.username}/${slug}/${part}`;
