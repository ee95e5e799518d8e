import type { ManualSection } from '../../manual/manual-order.js';
import { manualBase, type ManualPage } from '../../manual/manual-page.js';
import type { ComponentChildren } from 'preact';
import type { Head } from '../layout/document.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import type { Texts } from '../texts/texts.js';

/** Where the documentation is searched. */
export const manualSearchAddress = `${manualBase}/search`;

/** What every page of the documentation shows around itself. */
export interface ManualSite extends Site {
  first: ManualPage;
  sections: readonly ManualSection[];
}

interface ManualFrameProps extends ManualSite, Pick<Head, 'title' | 'description' | 'canonical'> {
  /** The page that is shown, if one is. */
  page?: ManualPage;
  /** What stands beside what is read. */
  contents?: ComponentChildren;
  children: ComponentChildren;
}

/** A page of the documentation: the list of all pages at the side, and what it is about in the middle. */
export function ManualFrame({ first, sections, page, contents, children, ...site }: ManualFrameProps) {
  const { texts } = site;
  return (
    <SiteFrame
      {...site}
      atTop={<SearchBox texts={texts} />}
      beside={
        <>
          <details class="site-menu manual-pages" open>
            <summary>{texts.manual.all}</summary>
            <nav aria-label={texts.manual.all} lang="en">
              <PageLink {...{ page: first, current: page }} />
              {sections.map((section) => (
                <Section {...{ section, current: page, texts }} />
              ))}
            </nav>
          </details>
          <aside class="site-aside">{contents}</aside>
        </>
      }
    >
      {children}
    </SiteFrame>
  );
}

function SearchBox({ texts }: { texts: Texts }) {
  return (
    <form class="site-search manual-search" role="search" aria-label={texts.manual.title} action={manualSearchAddress}>
      <label class="site-hidden" for="site-q">
        {texts.manual.search}
      </label>
      <input id="site-q" name="q" type="search" placeholder={texts.manual.search} autocomplete="off" data-key="/" />
    </form>
  );
}

interface Marked {
  current: ManualPage | undefined;
}

function Section({ section: { title, entries }, current, texts }: Marked & { section: ManualSection; texts: Texts }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {entries.map(({ page, below }) => (
          <li>
            <PageLink {...{ page, current }} />
            {below.length > 0 && <Below {...{ page, below, current, texts }} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The pages of a folder, open where one of them is read. */
function Below({ page, below, current, texts }: Marked & ManualSection['entries'][number] & { texts: Texts }) {
  const isHere = current === page || below.some((one) => one === current);
  return (
    <details open={isHere}>
      <summary lang={texts.language}>{texts.subpages}</summary>
      <ul>
        {below.map((one) => (
          <li>
            <PageLink {...{ page: one, current }} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function PageLink({ page, current }: Marked & { page: ManualPage }) {
  return (
    <a href={page.address} {...(page === current && { 'aria-current': 'page' })}>
      {page.title}
    </a>
  );
}
