import type { Found, Hit } from '@lib/search';
import { manualBase, type ManualPage } from '../../manual/manual-page.js';
import type { ManualPlace } from '../../manual/manual-places.js';
import type { SearchForm } from '../finding/finding.schema.js';
import { Counted, FoundPages } from '../finding/found-pages.js';
import { NothingFound } from '../finding/nothing-found.js';
import { Mode, QueryField } from '../finding/search-fields.js';
import type { Texts } from '../texts/texts.js';
import { ManualFrame, manualSearchAddress as at, type ManualSite } from './manual-frame.js';

interface ManualSearchScreenProps extends ManualSite {
  form: SearchForm;
  /** Null before anything was asked for, or when it could not be. */
  found: Found | null;
  fault: string | null;
  limit: number;
  /** Where a hit is. */
  placeOf: (hit: Hit) => { page: ManualPage; place: ManualPlace | null };
}

/** What was found in the documentation, best first. */
export function ManualSearchScreen({ form, found, fault, limit, placeOf, ...site }: ManualSearchScreenProps) {
  const { texts } = site;
  const { manual } = texts;
  const title = form.q === '' ? manual.search : `${texts.searchFor} ${form.q}`;
  const answered = found && { found, form, limit, texts };
  return (
    <ManualFrame {...site} title={`${title} · ${manual.title}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.search}</h1>
        <ManualSearchForm {...{ form, fault, texts }} />
        {found?.reason !== undefined && <p class="site-notice">{found.reason}</p>}
        {answered !== null && answered.found.total > 0 && <Counted {...answered} />}
        {found !== null && found.total === 0 && (
          <NothingFound {...{ form, at, base: manualBase, texts }} perhaps={[]} mayWrite={false} />
        )}
        <div lang="en">
          {answered !== null && <FoundPages {...{ ...answered, at }} named={(hit) => named(placeOf(hit))} />}
        </div>
      </article>
    </ManualFrame>
  );
}

interface ManualMissingScreenProps extends ManualSite {
  form: SearchForm;
}

/** What is shown in place of a page that there is not: a search for what its address says. */
export function ManualMissingScreen({ form, ...site }: ManualMissingScreenProps) {
  const { texts } = site;
  return (
    <ManualFrame {...site} title={texts.nothing.title} canonical={null}>
      <article class="site-page">
        <h1>{texts.nothing.title}</h1>
        <p>{texts.manual.missing}</p>
        <ManualSearchForm {...{ form, texts }} fault={null} />
      </article>
    </ManualFrame>
  );
}

function ManualSearchForm({ form, fault, texts }: { form: SearchForm; fault: string | null; texts: Texts }) {
  const label = texts.manual.search;
  return (
    <form role="search" aria-label={label} action={at} class="site-find">
      <QueryField {...{ form, texts, label, fault }} />
      <details class="site-filters" open={form.mode !== 'hybrid'}>
        <summary>{texts.finding.filters}</summary>
        <div class="site-filter-fields">
          <Mode form={form} texts={texts} />
        </div>
      </details>
    </form>
  );
}

/** A hit by the title of its page, leading to the section that says it. */
function named({ page, place }: { page: ManualPage; place: ManualPlace | null }) {
  const anchor = place === null ? '' : `#${encodeURIComponent(place.slug)}`;
  return { name: page.title, address: page.address + anchor, place: place?.text ?? '' };
}
