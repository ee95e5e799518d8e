import type { Actor } from '@lib/acl';
import type { ComponentChildren } from 'preact';
import type { AuthPaths } from '../security/auth-paths.js';
import { Document, type Head } from './document.js';
import { SignOut } from './sign-out.js';

/** What the frame around the pages of the platform itself shows. */
export interface Site extends Pick<Head, 'texts' | 'assets'> {
  actor: Actor;
  /** What forms carry; null for whoever did not sign in here. */
  ownFormToken: string | null;
  /** Where whoever signs in from here is led afterwards; null where one signs in already. */
  next: string | null;
  /** Where the platform is, as seen from here: nothing on its own host, its origin on the host of somebody. */
  platform: string;
  auth: AuthPaths;
}

interface SiteFrameProps extends Site, Omit<Head, 'texts' | 'assets'> {
  children: ComponentChildren;
  /** How broad it is; the measure of a text unless it says otherwise. */
  width?: 'narrow' | 'text' | 'wide';
  /** What stands in the line at the top, behind the ways. */
  atTop?: ComponentChildren;
  /** What stands at both sides of the middle, which is as broad as they leave it then. */
  beside?: ComponentChildren;
}

/** A page of the platform: whose it is and the ways at the top, and what stands below every page at the bottom. */
export function SiteFrame({ children, width = 'text', atTop, beside, ...site }: SiteFrameProps) {
  const { texts, platform } = site;
  const middle = (
    <main id="site-main" class={`site-middle site-${width}`} tabindex={-1}>
      {children}
    </main>
  );
  return (
    <Document {...site}>
      <div class="site-platform">
        <header class="site-top">
          <a class="site-mark" href={`${platform}/`}>
            wikibot
          </a>
          <nav aria-label={texts.menu}>
            <a href={`${platform}/docs`}>{texts.site.docs}</a>
          </nav>
          {atTop}
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
          <a href={`${platform}/docs`}>{texts.site.docs}</a>
          <a href={`${platform}/api/docs`}>{texts.site.api}</a>
          <a href={`${platform}/terms`}>{texts.site.terms}</a>
          <a href={`${platform}/privacy`}>{texts.site.privacy}</a>
        </footer>
      </div>
    </Document>
  );
}

function Person({ actor, texts, ownFormToken, next, platform, auth }: Site) {
  if (actor.username === null) {
    if (next === null) return null;
    return (
      <p class="site-whom">
        <a href={auth.signIn(next)}>{texts.signIn}</a>
      </p>
    );
  }
  return (
    <div class="site-whom">
      <a href={`${platform}/account`}>{actor.displayName}</a>
      <SignOut formToken={ownFormToken} texts={texts} action={auth.signOut} />
    </div>
  );
}
