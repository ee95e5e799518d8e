import type { DeletedWiki } from '@lib/acl';
import { Fault } from '../layout/fault.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { dayOf } from '../texts/texts.js';
import { Done, OneButton } from './parts.js';

interface DeletedScreenProps extends Site {
  wikis: readonly DeletedWiki[];
  /** The slug of one that was deleted just now. */
  done: string | undefined;
  fault?: string | null;
}

/** The own wikis that were deleted and can still be restored. */
export function DeletedWikisScreen({ wikis, done, fault = null, ...site }: DeletedScreenProps) {
  const { texts, ownFormToken: formToken } = site;
  const { deleted: said } = texts.keeping;
  // Named by what is there, and not by what an address says.
  const last = wikis.find(({ wiki }) => wiki.slug === done);
  return (
    <SiteFrame {...site} title={`${said.title} · wikibot`} isPrivate>
      <h1>{said.title}</h1>
      <Done text={last && said.done(last.wiki.name, dayOf(last.restorableUntil, texts))} />
      <Fault text={fault} />
      <p>{said.text}</p>
      {wikis.length === 0 && <p class="site-soft">{said.none}</p>}
      <ul class="site-entries">
        {wikis.map(({ wiki, restorableUntil }) => (
          <li class="site-entry">
            <div>
              <strong dir="auto">{wiki.name}</strong>{' '}
              <span class="site-soft">{`@${wiki.owner.username}/${wiki.slug}`}</span>
              <p class="site-hint">{said.until(dayOf(restorableUntil, texts))}</p>
            </div>
            {formToken !== null && (
              <OneButton
                {...{ action: `/wikis/${wiki.owner.username}/${wiki.slug}/restore`, formToken, fields: {} }}
                {...{ text: said.restore, label: said.restoreWhat(wiki.name) }}
              />
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href="/">{said.desk}</a>
      </p>
    </SiteFrame>
  );
}
