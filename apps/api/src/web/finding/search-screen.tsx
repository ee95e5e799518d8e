import { pageAddress } from '@lib/markdown';
import type { Found } from '@lib/search';
import type { Suggestion } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import type { Texts } from '../texts/texts.js';
import type { SearchForm } from './finding.schema.js';
import { NothingFound } from './nothing-found.js';
import { searchAddress } from './search-address.js';
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
  return (
    <WikiFrame {...frame} {...head} canonical={isAsked ? null : canonical}>
      <article class="site-page">
        <h1>{texts.search}</h1>
        <SearchFields {...{ form, choices, base, texts, fault }} label={texts.searchThis(wiki.name)} />
        {found?.reason !== undefined && <p class="site-notice">{found.reason}</p>}
        {found !== null && found.total > 0 && <Counted {...{ found, form, limit, texts }} />}
        {found !== null && found.total === 0 && <NothingFound {...{ form, perhaps, base, texts, mayWrite }} />}
        <ol class="site-list" start={form.offset + 1}>
          {found?.results.map((hit) => (
            <li>
              <p>
                <a href={pageAddress(base, hit.path)}>{hit.name}</a> <span class="site-soft">{placeOf(hit)}</span>
              </p>
              <p>
                <Marked text={hit.snippet} marks={hit.marks} />
              </p>
            </li>
          ))}
        </ol>
        {found !== null && <Further {...{ found, form, limit, base, texts }} />}
      </article>
    </WikiFrame>
  );
}

interface PartProps extends Pick<SearchScreenProps, 'form' | 'limit'> {
  found: Found;
  texts: Texts;
}

function Counted({ found: { total, results, mode }, form: { offset }, texts }: PartProps) {
  return (
    <p role="status" class="site-soft">
      {texts.finding.hits(offset + 1, offset + results.length, total)} · {texts.finding.modes[mode]}
    </p>
  );
}

/** Where a hit is: its page, and the section of it unless that is called like the page. */
const placeOf = ({ path, name, sectionPath }: Found['results'][number]): string =>
  sectionPath === null || sectionPath === name ? path : `${path} · ${sectionPath.replace(`${name} > `, '')}`;

/** A text with the places in it marked that were looked for; `marks` are beginnings and ends. */
function Marked({ text, marks }: { text: string; marks: Found['results'][number]['marks'] }) {
  const parts: { text: string; isMarked: boolean }[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push({ text: text.slice(at, start), isMarked: false }, { text: text.slice(start, end), isMarked: true });
    at = end;
  }
  parts.push({ text: text.slice(at), isMarked: false });
  return <>{parts.map((part) => (part.isMarked ? <mark>{part.text}</mark> : part.text))}</>;
}

function Further({ found, form, limit, base, texts }: PartProps & { base: string }) {
  const { offset } = form;
  return (
    <p class="site-paging">
      {offset > 0 && (
        <a class="site-button" rel="prev" href={searchAddress(base, { ...form, offset: Math.max(offset - limit, 0) })}>
          {texts.before}
        </a>
      )}
      {offset + limit < found.total && (
        <a class="site-button" rel="next" href={searchAddress(base, { ...form, offset: offset + limit })}>
          {texts.next}
        </a>
      )}
    </p>
  );
}
