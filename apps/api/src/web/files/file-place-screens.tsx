import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { PageLinks } from '../reading/page-screen.js';
import { aboutFile } from './file-addresses.js';
import { FileCrumbs } from './file-parts.js';

interface ChangeOfFile extends Omit<Frame, 'title' | 'path'> {
  path: string;
  /** The blob that is there. */
  seen: string;
  formToken: string;
  /** The pages that show it or link to it. */
  usedBy: readonly string[];
  fault: string | null;
}

/** Where a file gets another name or place. */
export function FileMoveScreen({ path, seen, formToken, usedBy, fault, to, ...frame }: ChangeOfFile & { to: string }) {
  const { base, texts, wiki } = frame;
  const title = `${texts.rename}: ${path}`;
  return (
    <WikiFrame {...frame} title={`${title} · ${wiki.name}`} canonical={null}>
      <FileCrumbs path={path} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        <Fault text={fault} />
        <form method="post" action={aboutFile(base, 'rename-file', path)}>
          <Hidden formToken={formToken} seen={seen} />
          <div class="site-field">
            <label for="site-to">{texts.attachments.newPath}</label>
            <input id="site-to" name="to" value={to} required autocomplete="off" />
            <p class="site-hint">{texts.attachments.newPathHint}</p>
          </div>
          {usedBy.length > 0 && (
            <p>
              <label>
                <input type="checkbox" name="links" checked /> {texts.attachments.changeLinks(usedBy.length)}
              </label>
            </p>
          )}
          <p class="site-paging">
            <button class="site-button site-primary" type="submit">
              {texts.rename}
            </button>
            <a class="site-button" href={aboutFile(base, 'attachment', path)}>
              {texts.cancel}
            </a>
          </p>
        </form>
        <PageLinks title={texts.linksThatChange} paths={usedBy} base={base} />
      </article>
    </WikiFrame>
  );
}

/** Where a file is deleted. */
export function FileRemoveScreen({ path, seen, formToken, usedBy, fault, ...frame }: ChangeOfFile) {
  const { base, texts, wiki } = frame;
  const title = `${texts.remove}: ${path}`;
  return (
    <WikiFrame {...frame} title={`${title} · ${wiki.name}`} canonical={null}>
      <FileCrumbs path={path} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        <Fault text={fault} />
        <p>{texts.attachments.removeText}</p>
        <PageLinks title={texts.linksThatBreak} paths={usedBy} base={base} />
        <form method="post" action={aboutFile(base, 'delete-file', path)}>
          <Hidden formToken={formToken} seen={seen} />
          <p class="site-paging">
            <button class="site-button site-danger" type="submit">
              {texts.remove}
            </button>
            <a class="site-button" href={aboutFile(base, 'attachment', path)}>
              {texts.cancel}
            </a>
          </p>
        </form>
      </article>
    </WikiFrame>
  );
}

function Hidden({ formToken, seen }: { formToken: string; seen: string }) {
  return (
    <>
      <input type="hidden" name="form_token" value={formToken} />
      <input type="hidden" name="seen" value={seen} />
    </>
  );
}
