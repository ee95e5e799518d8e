import { pageAddress } from '@lib/markdown';
import type { Search } from '@lib/search';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import type { Texts } from '../texts/texts.js';

type Found = Awaited<ReturnType<Search['find']>>;

interface SearchScreenProps extends Omit<Frame, 'title' | 'path'> {
  query: string;
  /** Null before anything was asked for, or when it could not be. */
  found: Found | null;
  fault: string | null;
  offset: number;
  limit: number;
}

/** What was found, best first. */
export function SearchScreen({ query, found, fault, offset, limit, ...frame }: SearchScreenProps) {
  const { base, texts, wiki } = frame;
  const title = query === '' ? texts.search : `${texts.searchFor} ${query}`;
  return (
    <WikiFrame {...frame} title={`${title} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.search}</h1>
        <form role="search" class="site-field" action={`${base}/-/search`}>
          <label for="site-query">{texts.searchThis(wiki.name)}</label>
          <input id="site-query" name="q" type="search" value={query} />
        </form>
        {fault !== null && <p class="site-notice">{fault}</p>}
        {found?.reason !== undefined && <p class="site-notice">{found.reason}</p>}
        {found !== null && <p role="status">{texts.found(found.total)}</p>}
        <ol class="site-list">
          {found?.results.map((hit) => (
            <li>
              <p>
                <a href={pageAddress(base, hit.path)}>{hit.name}</a>{' '}
                <span class="site-soft">{hit.sectionPath ?? hit.path}</span>
              </p>
              <p>
                <Marked text={hit.snippet} marks={hit.marks} />
              </p>
            </li>
          ))}
        </ol>
        {found !== null && <Further {...{ found, query, offset, limit, base, texts }} />}
      </article>
    </WikiFrame>
  );
}

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

interface FurtherProps extends Pick<SearchScreenProps, 'query' | 'offset' | 'limit'> {
  found: Found;
  base: string;
  texts: Texts;
}

function Further({ found, query, offset, limit, base, texts }: FurtherProps) {
  const at = (from: number) => `${base}/-/search?q=${encodeURIComponent(query)}&offset=${from}`;
  return (
    <p class="site-paging">
      {offset > 0 && (
        <a class="site-button" rel="prev" href={at(Math.max(offset - limit, 0))}>
          {texts.before}
        </a>
      )}
      {offset + limit < found.total && (
        <a class="site-button" rel="next" href={at(offset + limit)}>
          {texts.next}
        </a>
      )}
    </p>
  );
}
