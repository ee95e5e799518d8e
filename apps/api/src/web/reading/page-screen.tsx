import { type ShownPage, pageAddress } from '@lib/markdown';
import type { PageView, TreeLevel } from '@lib/wiki';
import { filesAddress } from '../files/file-addresses.js';
import { safe } from '../html.js';
import { Icon } from '../layout/icon.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { dayOf, type Texts } from '../texts/texts.js';
import { Contents } from './contents.js';
import { PageTree } from './page-tree.js';
import { Properties } from './properties.js';
import { withSectionLinks } from './section-links.js';
import { FormToken } from '../layout/form-token.js';

export interface PageScreenProps extends Omit<Frame, 'title' | 'path'> {
  view: PageView;
  /** Null when the page is shown as text. */
  shown: ShownPage | null;
  folderPages: readonly string[];
  levels: readonly TreeLevel[];
}

/** A page as it is read. */
export function PageScreen({ view, shown, folderPages, levels, ...frame }: PageScreenProps) {
  const { base, texts, wiki } = frame;
  const title = view.path === 'Home' ? wiki.name : `${view.name} · ${wiki.name}`;
  return (
    <WikiFrame
      {...{ ...frame, title, path: view.path }}
      description={descriptionOf(view)}
      tree={<PageTree {...{ levels, base, texts }} path={view.path} />}
      aside={shown && <Contents headings={shown.headings} texts={texts} />}
    >
      <Crumbs path={view.path} base={base} texts={texts} />
      <article class="site-page">
        <Actions view={view} frame={frame} />
        {view.isHistoric && (
          <div class="site-notice" role="note">
            {texts.oldRevision(dayOf(view.lastCommit.date, texts))}{' '}
            <a href={pageAddress(base, view.path)}>{texts.newest}</a>
            <Restore view={view} frame={frame} />
          </div>
        )}
        {shown?.hasTitle !== true && <h1 dir="auto">{view.name}</h1>}
        <Labels view={view} base={base} texts={texts} />
        <Properties content={view.content} base={base} texts={texts} />
        {view.content.includes('\uFFFD') && <p class="site-notice">{texts.notUtf8}</p>}
        {shown === null ? (
          <AsText text={view.content} texts={texts} />
        ) : (
          <div
            class="wb-text"
            dir="auto"
            {...safe(frame.mayWrite ? withSectionLinks(shown, view, frame) : shown.html)}
          />
        )}
      </article>
      <Below view={view} folderPages={folderPages} base={base} texts={texts} />
    </WikiFrame>
  );
}

/** A page that cannot be rendered in time. */
export function AsText({ text, texts }: { text: string; texts: Texts }) {
  return (
    <>
      <p class="site-notice">{texts.asText}</p>
      <pre class="site-plain">{text}</pre>
    </>
  );
}

/** The way from the root of the wiki to a page. */
export function Crumbs({ path, base, texts }: { path: string; base: string; texts: Texts }) {
  const segments = path.split('/').slice(0, -1);
  return (
    <nav class="site-crumbs" aria-label={texts.pages}>
      <ol>
        <li>
          <a href={base === '' ? '/' : base}>{texts.home}</a>
        </li>
        {segments.map((segment, at) => (
          <li>
            <a href={pageAddress(base, segments.slice(0, at + 1).join('/'))}>
              <bdi>{segment}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Makes the page again what it was; for whoever may write. */
function Restore({ view, frame }: { view: PageView; frame: Omit<Frame, 'title' | 'path'> }) {
  const { base, texts, mayWrite, ownFormToken } = frame;
  if (!mayWrite || ownFormToken === null) return null;
  return (
    <form method="post" action={pageAddress(`${base}/-/restore`, view.path)}>
      <FormToken token={ownFormToken} />
      <input type="hidden" name="revision" value={view.revision} />
      <button class="site-button" type="submit">
        {texts.restore}
      </button>
    </form>
  );
}

function Actions({ view, frame: { base, texts, mayWrite } }: { view: PageView; frame: Omit<Frame, 'title' | 'path'> }) {
  const at = (kind: string) => pageAddress(`${base}/-/${kind}`, view.path);
  const reading = [
    [`${pageAddress(base, view.path)}.md`, texts.source],
    [at('blame'), texts.blame],
    [filesAddress(base, view.path), texts.attachments.title],
    [`${base}/-/graph?around=${encodeURIComponent(view.path)}&depth=2`, texts.finding.inGraph],
  ] as const;
  const writing = [
    [`${base}/-/new?from=${encodeURIComponent(view.path)}`, texts.writing.duplicate],
    [at('rename'), texts.rename],
    [at('delete'), texts.remove],
  ] as const;
  const ways = mayWrite ? [...reading, ...writing] : reading;
  return (
    <nav class="site-actions" aria-label={texts.more}>
      {mayWrite && (
        <a class="site-button" href={at('edit')} data-key="e">
          <Icon name="edit" />
          {texts.edit}
        </a>
      )}
      <a class="site-button" href={at('history')} data-key="h">
        <Icon name="history" />
        {texts.history}
      </a>
      <details class="site-more">
        <summary class="site-button">{texts.more}</summary>
        <ul>
          {ways.map(([address, name]) => (
            <li>
              <a href={address}>{name}</a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}

function Labels({ view, base, texts }: { view: PageView; base: string; texts: Texts }) {
  const category = view.frontmatter?.['category'];
  const tags = tagsOf(view.frontmatter?.['tags']);
  if (typeof category !== 'string' && tags.length === 0) return null;
  const at = (kind: string, name: string) => `${base}/-/${kind}/${encodeURIComponent(name)}`;
  return (
    <ul class="site-labels">
      {typeof category === 'string' && (
        <li>
          <a class="site-category" href={at('category', category)} title={texts.category}>
            {category}
          </a>
        </li>
      )}
      {tags.map((tag) => (
        <li>
          <a href={at('tag', tag)}>#{tag}</a>
        </li>
      ))}
    </ul>
  );
}

function tagsOf(written: unknown): string[] {
  const list = Array.isArray(written) ? written : typeof written === 'string' ? written.split(',') : [];
  return list
    .filter((tag) => typeof tag === 'string' || typeof tag === 'number')
    .map((tag) => String(tag).trim())
    .filter(Boolean);
}

interface BelowProps {
  view: PageView;
  folderPages: readonly string[];
  base: string;
  texts: Texts;
}

function Below({ view, folderPages, base, texts }: BelowProps) {
  const { lastCommit: last } = view;
  const who = last.agent === null ? last.author.name : `${last.author.name} (${last.agent})`;
  return (
    <footer class="site-below">
      <PageLinks title={texts.subpages} paths={folderPages} base={base} />
      <PageLinks title={texts.linkedFrom} paths={view.linkedFrom} base={base} />
      <p class="site-last">
        <a href={`${base}/-/commit/${last.revision}`}>
          <time datetime={last.date.toISOString()}>{texts.lastChanged(dayOf(last.date, texts), who)}</time>
        </a>{' '}
        {last.door !== null && texts.by(last.door)}
      </p>
    </footer>
  );
}

/** Some pages as links under a title; nothing when there are none. */
export function PageLinks({ title, paths, base }: { title: string; paths: readonly string[]; base: string }) {
  if (paths.length === 0) return null;
  return (
    <section class="site-links">
      <h2>{title}</h2>
      <ul>
        {paths.map((path) => (
          <li>
            <a href={pageAddress(base, path)}>{path}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first words of a page, as search engines and those who share it show them. */
function descriptionOf({ content, frontmatter }: PageView): string | null {
  const given = frontmatter?.['summary'] ?? frontmatter?.['description'];
  if (typeof given === 'string') return given.slice(0, 300);
  const words = content
    .slice(0, 4_000)
    .replace(/^---\n[^]*?\n---\n/, '')
    .replace(/^#.*$/gm, '')
    .replace(/[[\]*_`>#|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? null : words.slice(0, 200);
}
