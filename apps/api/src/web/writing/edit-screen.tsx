import { pageAddress, type ShownPage } from '@lib/markdown';
import type { Draft } from '@lib/wiki';
import { safe } from '../html.js';
import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs } from '../reading/page-screen.js';
import { timeOf } from '../texts/texts.js';

export interface EditScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  formToken: string;
  /** The revision that was read; null for a page that is to be made. */
  revision: string | null;
  content: string;
  message: string;
  /** How the text would look; null when that was not asked for. */
  preview: ShownPage | null;
  /** What one was writing before and did not save. */
  draft: Draft | null;
  fault: string | null;
}

/** Where a page is written. */
export function EditScreen(props: EditScreenProps) {
  const { path, formToken, revision, content, message, preview, draft, fault, ...frame } = props;
  const { base, texts, wiki } = frame;
  const title = revision === null ? texts.creating(path) : texts.editing(path);
  return (
    <WikiFrame {...{ ...frame, path }} title={`${title} · ${wiki.name}`} canonical={null} scripts={['editor.js']}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        {draft !== null && (
          <p class="site-notice" role="status">
            {texts.draft(timeOf(draft.updatedAt, texts))}{' '}
            <a class="site-button" href={`${pageAddress(`${base}/-/edit`, path)}?draft=1`}>
              {texts.continueDraft}
            </a>
          </p>
        )}
        <Fault text={fault} />
        <form
          method="post"
          action={pageAddress(`${base}/-/edit`, path)}
          data-editor={base}
          data-path={path}
          data-toolbar={JSON.stringify(texts.toolbar)}
        >
          <input type="hidden" name="form_token" value={formToken} />
          <input type="hidden" name="revision" value={revision ?? ''} />
          <div class="site-field">
            <label for="site-content">{texts.content}</label>
            <textarea id="site-content" name="content" rows={24} spellcheck class="site-editor">
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
            <a class="site-button" href={pageAddress(base, path)}>
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
