import type { Actor } from '@lib/acl';
import type { ComponentChildren } from 'preact';
import { Document, type Head } from './document.js';
import { SignOut } from './sign-out.js';

/** What the frame around the pages of the platform itself shows. */
export interface Site extends Pick<Head, 'texts' | 'assets'> {
  actor: Actor;
  /** What forms carry; null for whoever did not sign in here. */
  ownFormToken: string | null;
  /** Where whoever signs in here is led afterwards. */
  next: string;
}

interface SiteFrameProps extends Site, Omit<Head, 'texts' | 'assets'> {
  children: ComponentChildren;
  /** How broad it is; the measure of a text unless it says otherwise. */
  width?: 'text' | 'wide';
  /** What stands in the line at the top, behind the ways. */
  tools?: ComponentChildren;
  /** What stands at both sides of the middle, which is as broad as they leave it then. */
  beside?: ComponentChildren;
}

/** A page of the platform: whose it is and the ways at the top, and what stands below every page at the bottom. */
export function SiteFrame({ children, width = 'text', tools, beside, ...site }: SiteFrameProps) {
  const { texts } = site;
  const middle = (
    <main id="site-main" class={`site-middle site-${width}`} tabindex={-1}>
      {children}
    </main>
  );
  return (
    <Document {...site}>
      <div class="site-platform">
        <header class="site-top">
          <a class="site-mark" href="/">
            wikibot
          </a>
          <nav aria-label={texts.menu}>
            <a href="/docs">{texts.site.docs}</a>
          </nav>
          {tools}
          <Person {...site} />
        </header>
        {beside === undefined ? (
          middle
        ) : (
          <div class="site-columns">
            {beside}
            {middle}
          </div>
        )}
        <footer class="site-foot">
          <a href="/docs">{texts.site.docs}</a>
          <a href="/api/docs">{texts.site.api}</a>
          <a href="/terms">{texts.site.terms}</a>
          <a href="/privacy">{texts.site.privacy}</a>
        </footer>
      </div>
    </Document>
  );
}

function Person({ actor, texts, ownFormToken, next }: Site) {
  if (actor.username === null) {
    return (
      <p class="site-whom">
        <a href={`/auth/sign-in?next=${encodeURIComponent(next)}`}>{texts.signIn}</a>
      </p>
    );
  }
  return (
    <div class="site-whom">
      <a href="/account">{actor.displayName}</a>
      <SignOut formToken={ownFormToken} texts={texts} />
    </div>
  );
}
