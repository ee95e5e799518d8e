import type { ComponentChildren } from 'preact';
import type { Texts } from '../texts/texts.js';
import { diagramFrameAddress } from '../diagram-frame.js';
import type { WebAssets } from '../web-assets.js';

/** What every page of ours has in its head. */
export interface Head {
  title: string;
  texts: Texts;
  assets: WebAssets;
  description?: string | null;
  /** The address under which search engines should know the page; absent for those they should not. */
  canonical?: string | null;
  isPrivate?: boolean;
  feeds?: string | null;
  /** Scripts beside the small one that every page has. */
  scripts?: readonly string[];
}

/** The whole of a page. */
export function Document({ children, ...head }: Head & { children: ComponentChildren }) {
  const { title, texts, assets, description, canonical, isPrivate = false, feeds, scripts = [] } = head;
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {description && <meta name="description" content={description} />}
        {isPrivate || !canonical ? (
          <meta name="robots" content="noindex" />
        ) : (
          <>
            <link rel="canonical" href={canonical} />
            <meta property="og:title" content={title} />
            <meta property="og:type" content="article" />
            <meta property="og:url" content={canonical} />
            {description && <meta property="og:description" content={description} />}
          </>
        )}
        {feeds && <link rel="alternate" type="application/atom+xml" href={feeds} />}
        <link rel="icon" href={assets.address('icon.svg')} type="image/svg+xml" />
        <link rel="apple-touch-icon" href={assets.address('apple-touch-icon.png')} />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="stylesheet" href={assets.address('site.css')} />
        {['site.js', ...scripts].map((name) => (
          <script type="module" src={assets.address(name)} />
        ))}
      </head>
      <body
        data-copy={texts.copy}
        data-copied={texts.copied}
        data-diagrams={diagramFrameAddress(assets)}
        data-diagram-words={JSON.stringify(texts.diagrams)}
      >
        <a class="site-skip" href="#site-main">
          {texts.skip}
        </a>
        {children}
      </body>
    </html>
  );
}
