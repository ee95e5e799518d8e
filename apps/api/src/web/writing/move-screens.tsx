import { pageAddress } from '@lib/markdown';
import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs, PageLinks } from '../reading/page-screen.js';

interface ChangeOfPlace extends Omit<Frame, 'title' | 'path'> {
  path: string;
  formToken: string;
  /** The pages that link to it. */
  linkedFrom: readonly string[];
  fault: string | null;
}

/** Where a page gets another name. */
export function MoveScreen({ path, formToken, linkedFrom, fault, to, ...frame }: ChangeOfPlace & { to: string }) {
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${texts.rename}: ${path} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>
          {texts.rename}: {path}
        </h1>
        <Fault text={fault} />
        <form method="post" action={pageAddress(`${base}/-/rename`, path)}>
          <input type="hidden" name="form_token" value={formToken} />
          <div class="site-field">
            <label for="site-to">{texts.newPath}</label>
            <input id="site-to" name="to" value={to} required autocomplete="off" />
            <p class="site-hint">{texts.newPathHint}</p>
          </div>
          {linkedFrom.length > 0 && (
            <p>
              <label>
                <input type="checkbox" name="links" checked /> {texts.changeLinks(linkedFrom.length)}
              </label>
            </p>
          )}
          <button class="site-button site-primary" type="submit">
            {texts.rename}
          </button>
        </form>
        <PageLinks title={texts.linksThatChange} paths={linkedFrom} base={base} />
      </article>
    </WikiFrame>
  );
}

/** Where a page is deleted. */
export function RemoveScreen({ path, formToken, linkedFrom, fault, ...frame }: ChangeOfPlace) {
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${texts.remove}: ${path} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>
          {texts.remove}: {path}
        </h1>
        <Fault text={fault} />
        <p>{texts.removeText}</p>
        <PageLinks title={texts.linksThatBreak} paths={linkedFrom} base={base} />
        <form method="post" action={pageAddress(`${base}/-/delete`, path)}>
          <input type="hidden" name="form_token" value={formToken} />
          <p class="site-paging">
            <button class="site-button site-danger" type="submit">
              {texts.remove}
            </button>
            <a class="site-button" href={pageAddress(base, path)}>
              {texts.cancel}
            </a>
          </p>
        </form>
      </article>
    </WikiFrame>
  );
}
