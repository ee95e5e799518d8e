import type { Actor, WikiRef } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import type { ComponentChildren } from 'preact';
import type { AuthPaths } from '../security/auth-paths.js';
import { Themes } from '../appearance/themes.js';
import type { Texts } from '../texts/texts.js';
import { Document, type Head } from './document.js';
import type { ManagePart } from './manage-frame.js';
import { Icon } from './icon.js';
import { SignOut } from './sign-out.js';

/** What the frame around the pages of a wiki shows. */
export interface Frame extends Omit<Head, 'isPrivate'> {
  wiki: WikiRef;
  /** The address of the wiki, without a slash at its end. */
  base: string;
  actor: Actor;
  /** Whether whoever asks may write. */
  mayWrite: boolean;
  /** What forms carry; null for whoever did not sign in here. */
  ownFormToken: string | null;
  /** Where one signs in and out on this host. */
  auth: AuthPaths;
  /** The own account, which is kept where the platform is. */
  account: string;
  /** Where the platform itself begins. */
  platform: string;
  /** Where the wiki as a whole is kept, on the platform: the parts that whoever asks may see. */
  manage: readonly { part: ManagePart; address: string }[];
  /** The path of the page that is shown, if one is. */
  path?: string | null;
}

/** A page of a wiki: its name and ways at the side, what it is about in the middle, and what belongs to that beside it. */
export function WikiFrame({
  children,
  aside,
  tree,
  ...frame
}: Frame & { children: ComponentChildren; aside?: ComponentChildren; tree?: ComponentChildren }) {
  const { wiki, base, texts, platform } = frame;
  return (
    <Document {...frame} isPrivate={wiki.visibility !== 'public'} feeds={`${base}/-/feed.atom`}>
      <div class="site-frame">
        <header class="site-side">
          <div class="site-brand">
            <a class="site-home" href={platform}>
              wikibot
            </a>
            <a class="site-wiki" href={base === '' ? '/' : base}>
              {wiki.name}
            </a>
            <Visibility wiki={wiki} texts={texts} />
          </div>
          <form
            class="site-search"
            role="search"
            aria-label={texts.search}
            action={`${base}/-/search`}
            {...paletteOf(frame)}
          >
            <label class="site-hidden" for="site-q">
              {texts.searchThis(wiki.name)}
            </label>
            <input id="site-q" name="q" type="search" placeholder={texts.search} autocomplete="off" />
            <button type="button" class="site-jump" hidden aria-keyshortcuts="Control+K Meta+K">
              <span class="site-hidden">{texts.finding.palette.open}</span>
              <kbd aria-hidden="true">Ctrl K</kbd>
              <Icon name="search" />
            </button>
          </form>
          <details class="site-menu" open>
            <summary>{texts.menu}</summary>
            <Ways {...frame} />
            <Keeping {...frame} />
            {tree}
          </details>
          <Person {...frame} />
          <Appearance {...frame} />
        </header>
        {/* Before what it is about: on a narrow screen it stands above it. */}
        <aside class="site-aside">{aside}</aside>
        <main id="site-main" class="site-main" tabindex={-1}>
          {children}
        </main>
      </div>
    </Document>
  );
}

function Visibility({ wiki, texts }: { wiki: WikiRef; texts: Texts }) {
  const isPublic = wiki.visibility === 'public';
  return <span class="site-badge">{isPublic ? texts.publicWiki : texts.privateWiki}</span>;
}

function Ways({ base, texts, mayWrite }: Frame) {
  const ways = [
    ['index', '/-/index', texts.index],
    ['changes', '/-/changes', texts.changes],
    ['tags', '/-/tags', texts.tags],
    ['file', '/-/files', texts.attachments.title],
    ['graph', '/-/graph', texts.finding.graph],
    ['garden', '/-/garden', texts.garden],
  ] as const;
  return (
    <nav class="site-ways" aria-label={texts.menu}>
      <ul>
        {ways.map(([icon, path, name]) => (
          <li>
            <a href={base + path}>
              <Icon name={icon} />
              {name}
            </a>
          </li>
        ))}
        {mayWrite && (
          <li>
            <a class="site-create" href={`${base}/-/new`} data-key="c">
              <Icon name="plus" />
              {texts.newPage}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function Keeping({ manage, texts }: Frame) {
  if (manage.length === 0) return null;
  return (
    <details class="site-keeping">
      <summary>{texts.site.keeping}</summary>
      <nav class="site-ways" aria-label={texts.site.keeping}>
        <ul>
          {manage.map(({ part, address }) => (
            <li>
              <a href={address}>{texts.site.parts[part]}</a>
            </li>
          ))}
        </ul>
      </nav>
    </details>
  );
}

/** What the script needs to make a palette of the search form: what it is told, and which page it is on. */
const paletteOf = ({ base, texts, path }: Frame) => ({
  'data-palette': JSON.stringify(texts.finding.palette),
  'data-base': base,
  ...(path != null && { 'data-path': path }),
});

function Appearance({ texts, base, path }: Frame) {
  const next = path == null ? base : pageAddress(base, path);
  return (
    <div class="site-appearance">
      <a href={`${base}/-/appearance?next=${encodeURIComponent(next)}`}>{texts.finding.appearance}</a>
      <div data-switch hidden>
        <Themes texts={texts} chosen={null} />
        <button type="button" class="site-keys" title={texts.finding.palette.shortcuts}>
          <span class="site-hidden">{texts.finding.palette.shortcuts}</span>
          <span aria-hidden="true">?</span>
        </button>
      </div>
    </div>
  );
}

function Person({ actor, texts, base, path, ownFormToken, auth, account }: Frame) {
  if (actor.username !== null) {
    return (
      <div class="site-person">
        {ownFormToken === null ? <span>{actor.displayName}</span> : <a href={account}>{actor.displayName}</a>}
        <SignOut formToken={ownFormToken} texts={texts} action={auth.signOut} />
      </div>
    );
  }
  const next = path == null ? base || '/' : pageAddress(base, path);
  return (
    <p class="site-person">
      <a href={auth.signIn(new URL(next, 'http://x').pathname)}>{texts.signIn}</a>
    </p>
  );
}
