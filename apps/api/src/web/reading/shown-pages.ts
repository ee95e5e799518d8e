import { Injectable } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Renderer, type ShownPage } from '@lib/markdown';
import { PageTexts, type PageView } from '@lib/wiki';

/** Pages as HTML. What is read from the same commit is rendered once, as long as the view of it is kept. */
@Injectable()
export class ShownPages {
  private readonly known = new WeakMap<PageView, Map<string, Promise<ShownPage | null>>>();

  constructor(
    private readonly texts: PageTexts,
    private readonly renderer: Renderer,
  ) {}

  /** A page as HTML; null when it has to be shown as text. `base` is the address of its wiki. */
  async of(access: Access<'page.read'>, view: PageView, base: string): Promise<ShownPage | null> {
    if (!Object.isFrozen(view)) return this.render(access, view, base);
    const byBase = this.known.get(view) ?? new Map<string, Promise<ShownPage | null>>();
    this.known.set(view, byBase);
    const shown = byBase.get(base) ?? this.render(access, view, base);
    byBase.set(base, shown);
    try {
      return await shown;
    } catch (error) {
      byBase.delete(base);
      throw error;
    }
  }

  /** A text as the page of this path would look. */
  async text(
    access: Access<'page.read'>,
    page: { path: string; text: string },
    base: string,
    { hasLines = false }: { hasLines?: boolean } = {},
  ): Promise<ShownPage | null> {
    return this.renderer.show(await this.texts.of(access, page), { base, hasLines });
  }

  private render(access: Access<'page.read'>, { path, content }: PageView, base: string) {
    return this.text(access, { path, text: content }, base);
  }
}
