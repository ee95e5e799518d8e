import type { Found } from '@lib/search';
import type { Texts } from '../texts/texts.js';
import type { SearchForm } from './finding.schema.js';
import { searchAddress } from './search-address.js';

type Hit = Found['results'][number];

/** A search that was answered, and how much of the answer is shown at once. */
export interface Answered {
  found: Found;
  form: SearchForm;
  limit: number;
  texts: Texts;
}

/** How many pages were found, and by what. */
export function Counted({ found: { total, results, mode }, form: { offset }, texts }: Answered) {
  return (
    <p role="status" class="site-soft">
      {texts.finding.hits(offset + 1, offset + results.length, total)} · {texts.finding.modes[mode]}
    </p>
  );
}

interface FoundPagesProps extends Answered {
  /** The address of the search page. */
  at: string;
  /** What a page is called, where it is read, and where it lies. */
  named: (hit: Hit) => { name: string; address: string; place: string };
}

/** The pages that were found, best first, and the way to the others. */
export function FoundPages({ named, at, ...answered }: FoundPagesProps) {
  const { found, form } = answered;
  return (
    <>
      <ol class="site-list" start={form.offset + 1}>
        {found.results.map((hit) => {
          const { name, address, place } = named(hit);
          return (
            <li>
              <p>
                <a href={address}>{name}</a> <span class="site-soft">{place}</span>
              </p>
              <p>
                <Marked text={hit.snippet} marks={hit.marks} />
              </p>
            </li>
          );
        })}
      </ol>
      <Further {...answered} at={at} />
    </>
  );
}

/** A text with the places in it marked that were looked for; `marks` are beginnings and ends. */
function Marked({ text, marks }: { text: string; marks: Hit['marks'] }) {
  const parts: { text: string; isMarked: boolean }[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push({ text: text.slice(at, start), isMarked: false }, { text: text.slice(start, end), isMarked: true });
    at = end;
  }
  parts.push({ text: text.slice(at), isMarked: false });
  return <>{parts.map((part) => (part.isMarked ? <mark>{part.text}</mark> : part.text))}</>;
}

function Further({ found, form, limit, at, texts }: Omit<FoundPagesProps, 'named'>) {
  const { offset } = form;
  return (
    <p class="site-paging">
      {offset > 0 && (
        <a class="site-button" rel="prev" href={searchAddress(at, { ...form, offset: Math.max(offset - limit, 0) })}>
          {texts.before}
        </a>
      )}
      {offset + limit < found.total && (
        <a class="site-button" rel="next" href={searchAddress(at, { ...form, offset: offset + limit })}>
          {texts.next}
        </a>
      )}
    </p>
  );
}
