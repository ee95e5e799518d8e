import { safe } from '../html.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import type { WrittenPage } from './written-pages.js';

interface WrittenScreenProps extends Site {
  page: WrittenPage;
  title: string;
  description: string;
  canonical: string;
}

/** A page of the platform that somebody wrote in markdown. */
export function WrittenScreen({ page, ...frame }: WrittenScreenProps) {
  return (
    <SiteFrame {...frame}>
      <article class="wb-text">
        {!page.hasTitle && <h1>{page.title}</h1>}
        <div {...safe(page.html)} />
      </article>
    </SiteFrame>
  );
}
