import { Injectable } from '@nestjs/common';
import { Renderer, type ShownPage } from '@lib/markdown';
import { LRUCache } from 'lru-cache';
import { HtmlPage } from '../../http/html-page.js';
import type { ManualPage } from '../../manual/manual-page.js';
import { ManualRoom } from '../../manual/manual-room.js';

/** Of each page there is one in every language; most readers share one of them. */
const mostPages = 100;

/** Pages of the documentation as HTML: each is rendered once, and what is the same for everybody is kept whole. */
@Injectable()
export class ShownManual {
  private readonly shown = new Map<ManualPage, Promise<ShownPage | null>>();
  private readonly open = new LRUCache<string, HtmlPage>({ max: mostPages });

  constructor(
    private readonly room: ManualRoom,
    private readonly renderer: Renderer,
  ) {}

  /** A page as HTML; null when it has to be shown as text. */
  async of(page: ManualPage): Promise<ShownPage | null> {
    const known = this.shown.get(page);
    if (known !== undefined) return known;
    const shown = this.renderer.show(this.room.manual.textOf(page), { base: '' });
    this.shown.set(page, shown);
    // The next one who asks may have more luck.
    if ((await shown) === null) this.shown.delete(page);
    return shown;
  }

  /** The whole page as somebody who is not signed in saw it last in a language. */
  kept({ address }: ManualPage, language: string): HtmlPage | undefined {
    return this.open.get(`${language} ${address}`);
  }

  keep({ address }: ManualPage, language: string, whole: HtmlPage): void {
    this.open.set(`${language} ${address}`, whole);
  }
}
