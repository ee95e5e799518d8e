import { pageAddress } from '@lib/markdown';
import type { Found } from '@lib/search';
import type { Suggestion } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import type { SearchForm } from './finding.schema.js';
import { Counted, FoundPages } from './found-pages.js';
import { NothingFound } from './nothing-found.js';
import { type Choices, SearchFields } from './search-fields.js';

interface SearchScreenProps extends Omit<Frame, 'title' | 'path'> {
  /** The address of the search before anything is asked for. */
  canonical: string;
  form: SearchForm;
  /** Null before anything was asked for, or when it could not be. */
  found: Found | null;
  fault: string | null;
  limit: number;
  choices: Choices;
  /** Pages and sections of which the name begins so, when nothing was found. */
  perhaps: readonly Suggestion[];
}

/** What was found, best first. */
export function SearchScreen({ form, found, fault, limit, choices, perhaps, canonical, ...frame }: SearchScreenProps) {
  const { base, texts, wiki, mayWrite } = frame;
  const isAsked = form.q !== '';
  const title = isAsked ? `${texts.searchFor} ${form.q}` : texts.search;
  const head = { title: `${title} · ${wiki.name}`, description: texts.searchThis(wiki.name) };
  const at = `${base}/-/search`;
  const answered = found && { found, form, limit, texts };
  return (
    <WikiFrame {...frame} {...head} canonical={isAsked ? null : canonical}>
      <article class="site-page">
        <h1>{texts.search}</h1>
        <SearchFields {...{ form, choices, at, texts, fault }} label={texts.searchThis(wiki.name)} />
        {found?.reason !== undefined && <p class="site-notice">{found.reason}</p>}
        {answered !== null && answered.found.total > 0 && <Counted {...answered} />}
        {found !== null && found.total === 0 && <NothingFound {...{ form, perhaps, at, base, texts, mayWrite }} />}
        {answered !== null && (
          <FoundPages
            {...{ ...answered, at }}
            named={(hit) => ({ name: hit.name, address: pageAddress(base, hit.path), place: placeOf(hit) })}
          />
        )}
      </article>
    </WikiFrame>
  );
}

/** Where a hit is: its page, and the section of it unless that is called like the page. */
const placeOf = ({ path, name, sectionPath }: Found['results'][number]): string =>
  sectionPath === null || sectionPath === name ? path : `${path} · ${sectionPath.replace(`${name} > `, '')}`;
