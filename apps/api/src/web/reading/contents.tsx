import type { ShownHeading } from '@lib/markdown';
import type { Texts } from '../texts/texts.js';

/** The headings of a page as links; folded where the screen is narrow. */
export function Contents({ headings, texts }: { headings: readonly ShownHeading[]; texts: Texts }) {
  const shown = headings.filter(({ level }) => level <= 4);
  if (shown.length < 2) return null;
  const top = Math.min(...shown.map(({ level }) => level));
  return (
    <nav class="site-contents" aria-labelledby="site-contents" data-contents>
      <details open>
        <summary>
          <h2 id="site-contents">{texts.onThisPage}</h2>
        </summary>
        <ol>
          {shown.map(({ level, text, id }) => (
            <li class={`site-level-${level - top}`}>
              <a href={`#${encodeURIComponent(id)}`} dir="auto">
                {text}
              </a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}
