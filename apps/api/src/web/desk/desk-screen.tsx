import { encodedPath } from '@lib/markdown';
import { DemoOffer } from '../imports/demo-offer.js';
import { SiteFrame } from '../layout/site-frame.js';
import { dayOf, timeOf, type Texts } from '../texts/texts.js';
import type { Desk } from './desk.js';
import { DeskNews } from './desk-news.js';

/** What whoever is signed in comes back to: what changed, what they were writing, their wikis. */
export function DeskScreen(desk: Desk) {
  const { texts, wikis, drafts, hasRestorable, ownPage } = desk;
  const { front } = texts;
  return (
    <SiteFrame {...desk} title={`${front.desk.title} · wikibot`} isPrivate width="wide">
      <div class="front-desk">
        <div class="front-desk-top">
          <h1>{front.desk.title}</h1>
          <Making texts={texts} isFirst={wikis.length === 0} />
        </div>
        {wikis.length === 0 ? (
          <Empty {...desk} />
        ) : (
          <div class="front-columns">
            <div>
              <DeskNews {...desk} />
            </div>
            <div>
              {drafts.length > 0 && <OwnDrafts {...desk} />}
              <OwnWikis {...desk} />
            </div>
          </div>
        )}
        <ul class="site-ways-on">
          {wikis.some(({ role }) => role === 'owner') && (
            <li>
              <a href={ownPage}>{front.desk.ownPage}</a>
            </li>
          )}
          {hasRestorable && (
            <li>
              <a href="/wikis/deleted">{front.desk.deleted}</a>
            </li>
          )}
        </ul>
      </div>
    </SiteFrame>
  );
}

function Making({ texts, isFirst }: { texts: Texts; isFirst: boolean }) {
  if (isFirst) return null;
  const { create, bring } = texts.front.desk;
  return (
    <p class="front-ways">
      <a class="site-button site-primary" href="/new">
        {create}
      </a>
      <a class="site-button" href="/import">
        {bring}
      </a>
    </p>
  );
}

function Empty({ texts, isDemoOffered, ownFormToken }: Desk) {
  const { empty, create, bring } = texts.front.desk;
  const steps = [
    [empty.make, empty.makeText],
    [empty.connect, empty.connectText],
    [empty.write, empty.writeText],
  ] as const;
  return (
    <section class="front-empty" aria-labelledby="desk-empty">
      <h2 id="desk-empty">{empty.title}</h2>
      <p>{empty.text}</p>
      <ol>
        {steps.map(([title, text]) => (
          <li>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      <p class="front-ways">
        <a class="site-button site-primary" href="/new">
          {create}
        </a>
        <a href="/docs/getting-started">{texts.front.start}</a>
      </p>
      <h3>{empty.bring}</h3>
      <p>{empty.bringText}</p>
      <p>
        <a class="site-button" href="/import">
          {bring}
        </a>
      </p>
      <DemoOffer isOffered={isDemoOffered} formToken={ownFormToken} texts={texts} />
    </section>
  );
}

function OwnDrafts({ drafts, texts }: Pick<Desk, 'drafts' | 'texts'>) {
  const { desk } = texts.front;
  return (
    <section aria-labelledby="desk-drafts">
      <h2 id="desk-drafts">{desk.drafts}</h2>
      <ul class="front-list">
        {drafts.map(({ wiki, path, updatedAt }) => (
          <li>
            <a href={`${wiki.address}/-/edit/${encodedPath(path)}?draft=1`}>{path}</a>{' '}
            <span class="site-soft">
              {desk.draftOf(wiki.wiki.name)}, {desk.keptOn}{' '}
              <time datetime={updatedAt.toISOString()}>{timeOf(updatedAt, texts)}</time>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwnWikis({ wikis, total, texts, actor }: Pick<Desk, 'wikis' | 'total' | 'texts' | 'actor'>) {
  const { desk } = texts.front;
  return (
    <section aria-labelledby="desk-wikis">
      <h2 id="desk-wikis">{desk.wikis}</h2>
      <ul class="front-list">
        {wikis.map(({ wiki, role, address, pages, changedAt }) => (
          <li>
            <p>
              <a href={address}>{wiki.name}</a> <span class="site-badge">{desk.role(role ?? '')}</span>{' '}
              {wiki.visibility === 'public' && <span class="site-badge">{texts.publicWiki}</span>}
            </p>
            <p class="site-soft">
              {wiki.owner.username !== actor.username && <>@{wiki.owner.username} · </>}
              {desk.pages(pages)}
              {changedAt !== null && (
                <>
                  {' '}
                  · {desk.changed} <time datetime={changedAt.toISOString()}>{dayOf(changedAt, texts)}</time>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {total > wikis.length && (
        <p>
          <a href="/?wikis=all">{desk.showAll(total)}</a>
        </p>
      )}
    </section>
  );
}
