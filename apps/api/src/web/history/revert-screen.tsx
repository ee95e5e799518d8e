import { pageAddress } from '@lib/markdown';
import type { RevertConflict } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { FormToken } from '../layout/form-token.js';

interface RevertScreenProps extends Omit<Frame, 'title' | 'path'> {
  revision: string;
  formToken: string;
  conflicts: readonly RevertConflict[];
  /** How many pages and files nothing stands in the way of. */
  others: number;
}

/** A commit cannot be taken back as a whole: what stands in the way, and how to go on. */
export function RevertScreen({ revision, formToken, conflicts, others, ...frame }: RevertScreenProps) {
  const { base, texts, wiki } = frame;
  const said = texts.undoing;
  return (
    <WikiFrame {...frame} title={`${said.title} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{said.title}</h1>
        <p role="alert">{said.text}</p>
        <ul class="site-list">
          {conflicts.map((conflict) => (
            <li>
              <p>
                <strong>{conflict.now}</strong> <span class="site-soft">{said.why[conflict.why]}</span>
              </p>
              <Decide conflict={conflict} revision={revision} base={base} label={said.decide} />
            </li>
          ))}
        </ul>
        <form method="post" action={`${base}/-/revert/${revision}`}>
          <FormToken token={formToken} />
          <p class="site-paging">
            {others > 0 && (
              <button class="site-button site-primary" name="rest" value="on" type="submit">
                {said.rest}
              </button>
            )}
            <a class="site-button" href={`${base}/-/commit/${revision}`}>
              {texts.cancel}
            </a>
          </p>
        </form>
      </article>
    </WikiFrame>
  );
}

interface DecideProps {
  conflict: RevertConflict;
  revision: string;
  base: string;
  label: string;
}

/** The way to the editor with what the two sides did; only pages have a text to decide about. */
function Decide({ conflict: { path, now, isPage }, revision, base, label }: DecideProps) {
  if (!isPage) return null;
  const named = new URLSearchParams({ revert: revision, ...(now !== path && { was: path }) });
  return (
    <p>
      <a class="site-button" href={`${pageAddress(`${base}/-/edit`, now)}?${named}`} aria-label={`${label}: ${now}`}>
        {label}
      </a>
    </p>
  );
}
