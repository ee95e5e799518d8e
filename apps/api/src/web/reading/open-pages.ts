import { Injectable } from '@nestjs/common';
import type { PageView } from '@lib/wiki';
import { HtmlPage } from '../../http/html-page.js';

/** Whole pages as they are for whoever is not signed in; the same view in the same frame is the same page again. */
@Injectable()
export class OpenPages {
  private readonly known = new WeakMap<PageView, Map<string, HtmlPage>>();

  /** `frame` names what does not follow from the view: the language, and what the wiki is called and where it is. */
  get(view: PageView, frame: string): HtmlPage | undefined {
    return this.known.get(view)?.get(frame);
  }

  /** Keeps a page as long as its view is kept. */
  keep(view: PageView, frame: string, page: HtmlPage): void {
    if (!Object.isFrozen(view)) return;
    const pages = this.known.get(view) ?? new Map<string, HtmlPage>();
    this.known.set(view, pages.set(frame, page));
  }
}
