import type { ShownPage } from '@lib/markdown';
import type { ManualPage } from '../../manual/manual-page.js';
import { safe } from '../html.js';
import { Contents } from '../reading/contents.js';
import { AsText } from '../reading/page-screen.js';
import { ManualFrame, type ManualSite } from './manual-frame.js';

interface ManualScreenProps extends ManualSite {
  page: ManualPage;
  /** Null when the page is shown as text. */
  shown: ShownPage | null;
  canonical: string;
  before: ManualPage | undefined;
  after: ManualPage | undefined;
}

/** A page of the documentation as it is read. It is English, whatever stands around it. */
export function ManualScreen({ page, shown, before, after, ...site }: ManualScreenProps) {
  const { texts } = site;
  return (
    <ManualFrame
      {...site}
      page={page}
      title={`${page.title} · wikibot`}
      description={page.description}
      contents={shown && <Contents headings={shown.headings} texts={texts} />}
    >
      <article class="site-page">
        {shown === null ? (
          <AsText text={page.text} texts={texts} />
        ) : (
          <div class="wb-text" lang="en" {...safe(shown.html)} />
        )}
      </article>
      <footer class="manual-below">
        <nav aria-label={texts.manual.around}>
          {before && <Turn page={before} rel="prev" says={texts.before} />}
          {after && <Turn page={after} rel="next" says={texts.next} />}
        </nav>
        <p class="site-soft">
          <a href={page.markdown}>{texts.manual.markdown}</a>
        </p>
      </footer>
    </ManualFrame>
  );
}

function Turn({ page, rel, says }: { page: ManualPage; rel: 'prev' | 'next'; says: string }) {
  return (
    <a rel={rel} href={page.address}>
      <span class="site-soft">{says}</span>
      <span lang="en">{page.title}</span>
    </a>
  );
}
