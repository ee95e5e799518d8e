import { pageAddress, type ShownPage } from '@lib/markdown';
import type { Draft } from '@lib/wiki';
import { safe } from '../html.js';
import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs } from '../reading/page-screen.js';
import { type Texts, timeOf } from '../texts/texts.js';
import { FormToken } from '../layout/form-token.js';

export interface EditScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  formToken: string;
  /** The revision that was read; null for a page that is to be made. */
  revision: string | null;
  content: string;
  /** The section that is written; null for the whole page. */
  section: string | null;
  message: string;
  /** How the text would look; null when that was not asked for. */
  preview: ShownPage | null;
  /** What one was writing before and did not save. */
  draft: Draft | null;
  fault: string | null;
  /** By which the styles of the editor are told from others. */
  styleNonce: string;
}

/** Where a page is written. */
export function EditScreen(props: EditScreenProps) {
  const { path, formToken, revision, content, section, message, preview, draft, fault, styleNonce, ...frame } = props;
  const { base, texts, wiki } = frame;
  const whole = revision === null ? texts.creating(path) : texts.editing(path);
  const title = section === null ? whole : `${whole} · ${section.replace(/^#/, '')}`;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${title} · ${wiki.name}`} canonical={null} scripts={['editor.js']}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        {draft !== null && <KeptDraft {...{ path, formToken, draft, base, texts }} />}
        {content.includes('\uFFFD') && <p class="site-notice">{texts.writing.notUtf8}</p>}
        <Fault text={fault} />
        <form
          method="post"
          action={pageAddress(`${base}/-/edit`, path)}
          data-editor={base}
          data-path={path}
          data-section={section}
          data-nonce={styleNonce}
          data-toolbar={JSON.stringify(texts.toolbar)}
          data-says={JSON.stringify(texts.editorSays)}
        >
          <FormToken token={formToken} />
          <input type="hidden" name="revision" value={revision ?? ''} />
          {section !== null && <input type="hidden" name="section" value={section} />}
          <div class="site-field">
            <label for="site-content">{texts.content}</label>
            <textarea id="site-content" name="content" rows={24} spellcheck={true} class="site-editor">
              {`\n${content}`}
            </textarea>
          </div>
          <div class="site-field">
            <label for="site-message">{texts.message}</label>
            <input id="site-message" name="message" value={message} maxlength={10_000} autocomplete="off" />
            <p class="site-hint">{texts.messageHint}</p>
          </div>
          <p class="site-paging">
            <button class="site-button site-primary" name="act" value="save" type="submit">
              {texts.save}
            </button>
            <button class="site-button" name="act" value="preview" type="submit">
              {texts.preview}
            </button>
            <a class="site-button" href={pageAddress(base, path)} data-cancel>
              {texts.cancel}
            </a>
          </p>
        </form>
        {preview !== null && (
          <section class="site-preview" aria-label={texts.preview}>
            <h2>{texts.preview}</h2>
            <div class="wb-text" dir="auto" {...safe(preview.html)} />
          </section>
        )}
      </article>
    </WikiFrame>
  );
}

interface KeptDraftProps {
  path: string;
  formToken: string;
  draft: Draft;
  base: string;
  texts: Texts;
}

/** What one was writing before: to go on with, or to throw away. */
function KeptDraft({ path, formToken, draft, base, texts }: KeptDraftProps) {
  return (
    <div class="site-notice site-draft" role="status">
      <span>{texts.draft(timeOf(draft.updatedAt, texts))}</span>
      <a class="site-button" href={`${pageAddress(`${base}/-/edit`, path)}?draft=1`}>
        {texts.continueDraft}
      </a>
      <form method="post" action={pageAddress(`${base}/-/discard`, path)}>
        <FormToken token={formToken} />
        <button class="site-button" type="submit">
          {texts.writing.discardDraft}
        </button>
      </form>
    </div>
  );
}
