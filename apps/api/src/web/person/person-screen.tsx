import type { SeenWiki } from '@lib/acl';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { dayOf, type Texts } from '../texts/texts.js';

interface ShownWiki extends SeenWiki {
  address: string;
  /** How many pages it has, and when one of them was changed last; null while nothing of it was read. */
  extent: { pages: number; updatedAt: Date } | null;
}

interface PersonScreenProps extends Site {
  username: string;
  /** Null where it is not told. */
  displayName: string | null;
  isOwn: boolean;
  isCut: boolean;
  /** The address of the page, as it is given to others. */
  address: string;
  wikis: readonly ShownWiki[];
}

/** The wikis of a person that one may see. */
export function PersonScreen({ username, displayName, isOwn, isCut, address, wikis, ...site }: PersonScreenProps) {
  const { texts, actor } = site;
  const { person } = texts.front;
  const open = wikis.filter(({ wiki }) => wiki.visibility === 'public').length;
  const none = isOwn ? person.noneOwn : actor.username === null ? person.noneNobody : person.none;
  const name = displayName ?? `@${username}`;
  return (
    <SiteFrame
      {...site}
      title={`${person.wikisOf(name)} · wikibot`}
      {...(open > 0 ? { canonical: address, description: person.description(name, open) } : { isPrivate: true })}
    >
      <h1 class="front-name">{name}</h1>
      {displayName !== null && <p class="site-soft">@{username}</p>}
      {wikis.length === 0 ? (
        <>
          <p>{none}</p>
          {isOwn && (
            <p class="front-ways">
              <a class="site-button site-primary" href={`${site.platform}/new`}>
                {texts.front.desk.create}
              </a>
            </p>
          )}
        </>
      ) : (
        <ul class="site-list">
          {wikis.map((one) => (
            <WikiLine {...one} texts={texts} />
          ))}
        </ul>
      )}
      {isCut && <p class="site-hint">{person.cut}</p>}
    </SiteFrame>
  );
}

/** A wiki in a list: what it is called, what one is in it, how large it is and when it was changed. */
function WikiLine({ wiki, role, address, extent, texts }: ShownWiki & { texts: Texts }) {
  const { desk } = texts.front;
  return (
    <li class="front-wiki">
      <p>
        <a href={address}>{wiki.name}</a>{' '}
        <span class="site-badge">{wiki.visibility === 'public' ? texts.publicWiki : texts.privateWiki}</span>{' '}
        {role !== null && <span class="site-badge">{desk.role(role)}</span>}
      </p>
      {wiki.purpose !== null && <p class="front-purpose">{wiki.purpose}</p>}
      <p class="site-soft">
        @{wiki.customSlug ?? `${wiki.owner.username}/${wiki.slug}`}
        {extent !== null && (
          <>
            {' '}
            · {desk.pages(extent.pages)} · {desk.changed}{' '}
            <time datetime={extent.updatedAt.toISOString()}>{dayOf(extent.updatedAt, texts)}</time>
          </>
        )}
      </p>
    </li>
  );
}
