import { pageAddress } from '@lib/markdown';
import type { TreeLevel } from '@lib/wiki';
import { Icon } from '../layout/icon.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { PageTree } from './page-tree.js';
import { Crumbs, PageLinks } from './page-screen.js';

interface MissingScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  /** The pages that link to it. */
  linkedFrom: readonly string[];
  /** Pages whose paths begin with its path: it is a folder then. */
  below: readonly string[];
  levels: readonly TreeLevel[];
}

/** What is shown in place of a page that there is not: the folder of that name, or how to make the page. */
export function MissingScreen({ path, linkedFrom, below, levels, ...frame }: MissingScreenProps) {
  const { base, texts, mayWrite, wiki } = frame;
  const isFolder = below.length > 0;
  const heading = isFolder ? (path.split('/').at(-1) ?? path) : texts.missing.title;
  return (
    <WikiFrame
      {...{ ...frame, path }}
      title={`${heading} · ${wiki.name}`}
      canonical={null}
      tree={<PageTree {...{ levels, path, base, texts }} />}
    >
      <Crumbs path={path} base={base} texts={texts} />
      <article class="site-page">
        <h1 dir="auto">{heading}</h1>
        {isFolder ? (
          <PageLinks title={texts.folder(path)} paths={below} base={base} />
        ) : (
          <>
            <p>{texts.missing.text(path)}</p>
            <p>
              <a href={`${base}/-/search?q=${encodeURIComponent(path.split('/').at(-1) ?? path)}`}>
                {texts.missing.search}
              </a>
            </p>
          </>
        )}
        {mayWrite && (
          <p>
            <a class="site-button site-primary" href={pageAddress(`${base}/-/edit`, path)}>
              <Icon name="plus" />
              {texts.create}
            </a>
            {isFolder && (
              <>
                {' '}
                <a class="site-button" href={pageAddress(`${base}/-/rename`, path)}>
                  {texts.writing.moveFolder}
                </a>{' '}
                <a class="site-button" href={pageAddress(`${base}/-/delete`, path)}>
                  {texts.writing.removeFolder}
                </a>
              </>
            )}
          </p>
        )}
        <PageLinks title={texts.missing.wanted} paths={linkedFrom} base={base} />
      </article>
    </WikiFrame>
  );
}
