import type { FileDiff } from '@lib/git';
import { pageAddress } from '@lib/markdown';
import { Difference } from '../history/diff-screen.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs } from '../reading/page-screen.js';
import { FormToken } from '../layout/form-token.js';

interface ConflictScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  formToken: string;
  /** The revision of the page now. */
  revision: string;
  yours: string;
  theirs: string;
  message: string;
  /** What each side did to the text that was read. */
  differences: { yours: FileDiff; theirs: FileDiff };
  says: ConflictWords;
}

/** What is said of the two sides. */
type ConflictWords = Record<'title' | 'text' | 'theirs' | 'yours' | 'result' | 'hint' | 'whole', string>;

/** Two changes of a page are in the same lines: both texts are there, and nothing is lost. */
export function ConflictScreen(props: ConflictScreenProps) {
  const { path, formToken, revision, yours, theirs, message, differences, says, ...frame } = props;
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${says.title} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>{says.title}</h1>
        <p role="alert">{says.text}</p>
        <h2>{says.theirs}</h2>
        <Difference difference={differences.theirs} texts={texts} name={says.theirs} />
        <h2>{says.yours}</h2>
        <Difference difference={differences.yours} texts={texts} name={says.yours} />
        <form method="post" action={pageAddress(`${base}/-/edit`, path)}>
          <FormToken token={formToken} />
          <input type="hidden" name="revision" value={revision} />
          <input type="hidden" name="message" value={message} />
          <div class="site-field">
            <label for="site-content">{says.result}</label>
            <textarea id="site-content" name="content" rows={20} class="site-editor">
              {`\n${yours}`}
            </textarea>
            <p class="site-hint">{says.hint}</p>
          </div>
          <button class="site-button site-primary" type="submit">
            {texts.save}
          </button>
        </form>
        <details class="site-theirs">
          <summary>{says.whole}</summary>
          <textarea rows={16} readonly class="site-editor" aria-label={says.whole}>
            {`\n${theirs}`}
          </textarea>
        </details>
      </article>
    </WikiFrame>
  );
}
