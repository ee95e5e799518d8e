import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { PageLinks } from '../reading/page-screen.js';
import type { Texts } from '../texts/texts.js';
import { aboutFile } from './file-addresses.js';
import { FileCrumbs } from './file-parts.js';
import { FormToken } from '../layout/form-token.js';

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
          <Buttons kind="site-primary" label={texts.rename} back={aboutFile(base, 'attachment', path)} texts={texts} />
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
          <Buttons kind="site-danger" label={texts.remove} back={aboutFile(base, 'attachment', path)} texts={texts} />
        </form>
      </article>
    </WikiFrame>
  );
}

function Hidden({ formToken, seen }: { formToken: string; seen: string }) {
  return (
    <>
      <FormToken token={formToken} />
      <input type="hidden" name="seen" value={seen} />
    </>
  );
}

interface ButtonsProps {
  kind: 'site-primary' | 'site-danger';
  label: string;
  /** Where it goes on when nothing is to be done. */
  back: string;
  texts: Texts;
}

function Buttons({ kind, label, back, texts }: ButtonsProps) {
  return (
    <p class="site-paging">
      <button class={`site-button ${kind}`} type="submit">
        {label}
      </button>
      <a class="site-button" href={back}>
        {texts.cancel}
      </a>
    </p>
  );
}
