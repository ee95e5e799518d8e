import { pageAddress } from '@lib/markdown';
import type { FolderContents } from '@lib/wiki';
import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs, PageLinks } from '../reading/page-screen.js';
import type { Texts } from '../texts/texts.js';
import { FormToken } from '../layout/form-token.js';

interface ChangeOfPlace extends Omit<Frame, 'title' | 'path'> {
  path: string;
  formToken: string;
  /** The pages that link to the page itself. */
  linkedFrom: readonly string[];
  /** The page and what is below it. */
  folder: FolderContents;
  fault: string | null;
}

/** What is below the page; of a folder without a page, all of it. */
function partsOf({ path, folder, linkedFrom }: Pick<ChangeOfPlace, 'path' | 'folder' | 'linkedFrom'>) {
  const below = folder.pages.filter((page) => page !== path);
  const isPage = below.length < folder.pages.length;
  const isFolder = !isPage && below.length + folder.files.length > 0;
  // Of a page with others below it, only its own links are sure to change: the others do when those go along.
  const linking = isFolder ? folder.linkedFrom : linkedFrom;
  const linkedBelow = isFolder ? [] : folder.linkedFrom.filter((page) => !linking.includes(page));
  return { below, isFolder, linking, linkedBelow };
}

/** Where a page or a folder gets another name. */
export function MoveScreen({ fault, to, formToken, ...shown }: ChangeOfPlace & { to: string }) {
  const { path, linkedFrom: _, folder, ...frame } = shown;
  const { base, texts, wiki } = frame;
  const { below, isFolder, linking, linkedBelow } = partsOf(shown);
  const title = `${isFolder ? texts.writing.moveFolder : texts.rename}: ${path}`;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${title} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        <Fault text={fault} />
        <form method="post" action={pageAddress(`${base}/-/rename`, path)}>
          <FormToken token={formToken} />
          <div class="site-field">
            <label for="site-to">{isFolder ? texts.writing.newFolder : texts.newPath}</label>
            <input id="site-to" name="to" value={to} required autocomplete="off" />
            <p class="site-hint">{texts.newPathHint}</p>
          </div>
          <Below {...{ below, isFolder, texts }} />
          {linking.length + linkedBelow.length > 0 && (
            <p>
              <label>
                <input type="checkbox" name="links" checked />{' '}
                {texts.changeLinks(linking.length === 0 ? linkedBelow.length : linking.length)}
              </label>
            </p>
          )}
          <button class="site-button site-primary" type="submit">
            {isFolder ? texts.writing.moveFolder : texts.rename}
          </button>
        </form>
        <Touched
          title={isFolder ? texts.writing.moved : texts.writing.pagesBelow}
          {...{ below, folder, base, texts }}
        />
        <PageLinks title={texts.linksThatChange} paths={linking} base={base} />
        <PageLinks title={texts.writing.linkedBelow} paths={linkedBelow} base={base} />
      </article>
    </WikiFrame>
  );
}

/** Where a page or a folder is deleted. */
export function RemoveScreen({ fault, formToken, ...shown }: ChangeOfPlace) {
  const { path, linkedFrom: _, folder, ...frame } = shown;
  const { base, texts, wiki } = frame;
  const { below, isFolder, linking, linkedBelow } = partsOf(shown);
  const title = `${isFolder ? texts.writing.removeFolder : texts.remove}: ${path}`;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${title} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        <Fault text={fault} />
        <p>{isFolder ? texts.writing.removeFolderText : texts.removeText}</p>
        <PageLinks title={texts.linksThatBreak} paths={linking} base={base} />
        <form method="post" action={pageAddress(`${base}/-/delete`, path)}>
          <FormToken token={formToken} />
          <input type="hidden" name="revision" value={folder.revision ?? ''} />
          <Below {...{ below, isFolder, texts }} />
          <Touched
            title={isFolder ? texts.writing.removed : texts.writing.pagesBelow}
            {...{ below, folder, base, texts }}
          />
          <PageLinks title={texts.writing.linkedBelow} paths={linkedBelow} base={base} />
          <p class="site-paging">
            <button class="site-button site-danger" type="submit">
              {isFolder ? texts.writing.removeFolder : texts.remove}
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

/** Whether everything below goes along; where there is only a folder, it always does. */
function Below({ below, isFolder, texts }: { below: readonly string[]; isFolder: boolean; texts: Texts }) {
  if (isFolder) return <input type="hidden" name="below" value="on" />;
  if (below.length === 0) return null;
  return (
    <p>
      <label>
        <input type="checkbox" name="below" /> {texts.writing.withBelow(below.length)}
      </label>
    </p>
  );
}

interface TouchedProps {
  title: string;
  below: readonly string[];
  folder: FolderContents;
  base: string;
  texts: Texts;
}

function Touched({ title, below, folder: { files }, base, texts }: TouchedProps) {
  return (
    <>
      <PageLinks title={title} paths={below} base={base} />
      {below.length > 0 && files.length > 0 && <p class="site-hint">{texts.writing.filesToo(files.length)}</p>}
    </>
  );
}
