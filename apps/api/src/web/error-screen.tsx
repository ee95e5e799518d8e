import type { Problem } from '../http/problems.js';
import { Document } from './layout/document.js';
import type { Texts } from './texts/texts.js';
import type { WebAssets } from './web-assets.js';

interface ErrorScreenProps {
  problem: Problem;
  texts: Texts;
  assets: WebAssets;
  /** By which the operator finds the request. */
  request: string;
  /** Where to sign in; null for whoever is signed in. */
  signIn: string | null;
}

/** What a browser is shown in place of a page: what was refused and why, or that it is our fault. */
export function ErrorScreen({ problem, texts, assets, request, signIn }: ErrorScreenProps) {
  const isNothing = problem.status === 404;
  const title = isNothing ? texts.nothing.title : problem.status >= 500 ? texts.wrong.title : problem.title;
  return (
    <Document {...{ title, texts, assets }} isPrivate>
      <main id="site-main" class="site-narrow" tabindex={-1}>
        <h1>{title}</h1>
        <p>{isNothing ? texts.nothing.text : problem.detail}</p>
        {problem.hint !== undefined && !isNothing && <p>{problem.hint}</p>}
        {isNothing && signIn !== null && (
          <p>
            <a class="site-button site-primary" href={signIn}>
              {texts.signIn}
            </a>{' '}
            {texts.nothing.signIn}
          </p>
        )}
        {problem.status >= 500 && <p class="site-hint">{texts.wrong.request(request)}</p>}
      </main>
    </Document>
  );
}
