import { pageAddress } from '@lib/markdown';
import { pagePath, type Suggestion, WikiError } from '@lib/wiki';
import type { Texts } from '../texts/texts.js';
import type { SearchForm } from './finding.schema.js';
import { filtersOf, searchAddress } from './search-address.js';

interface NothingFoundProps {
  form: SearchForm;
  perhaps: readonly Suggestion[];
  /** The address of the search page, and of the wiki. */
  at: string;
  base: string;
  texts: Texts;
  mayWrite: boolean;
}

/** What may be tried when a search found nothing. */
export function NothingFound({ form, perhaps, at, base, texts, mayWrite }: NothingFoundProps) {
  const { finding } = texts;
  const { q, mode } = form;
  const path = mayWrite ? pathOf(q) : null;
  const plain: SearchForm = { q, mode: 'hybrid', offset: 0 } as SearchForm;
  return (
    <section class="site-nothing">
      <p role="status">{finding.none(q)}</p>
      {perhaps.length > 0 && (
        <>
          <p>{finding.perhaps}</p>
          <ul>
            {perhaps.map(({ text, path, anchor }) => (
              <li>
                <a href={pageAddress(base, path, anchor)}>{text}</a> <span class="site-soft">{path}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="site-ways-on">
        {filtersOf(form).length > 0 && (
          <li>
            <a href={searchAddress(at, { ...plain, mode })}>{finding.withoutAll}</a>
          </li>
        )}
        {mode !== 'hybrid' && (
          <li>
            <a href={searchAddress(at, { ...form, mode: 'hybrid', offset: 0 })}>{finding.byMeaning}</a>
          </li>
        )}
        {path !== null && (
          <li>
            <a href={pageAddress(`${base}/-/edit`, path)}>{finding.createIt(path)}</a>
          </li>
        )}
      </ul>
      {finding.hints.map((hint) => (
        <p class="site-soft">{hint}</p>
      ))}
    </section>
  );
}

/** What was searched for as the path of a page; null when no page can be called so. */
function pathOf(query: string): string | null {
  if (/["\\]|(?:^|\s)-/.test(query) || query.length > 100) return null;
  try {
    return pagePath(query.trim());
  } catch (error) {
    if (error instanceof WikiError) return null;
    throw error;
  }
}
