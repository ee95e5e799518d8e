import { Injectable } from '@nestjs/common';
import { type Access, Acl, type WikiRef, Wikis } from '@lib/acl';
import { WikiSettings } from '@lib/wiki';
import type { z } from 'zod';
import type { patchPlatformWiki, patchWiki } from './wiki.schema.js';

/** Changes of a wiki that one request may ask for together. */
@Injectable()
export class WikiChanges {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly settings: WikiSettings,
  ) {}

  /** What it is called, what it is for, and how it is kept. */
  async describe(access: Access<'wiki.settings'>, change: z.infer<typeof patchWiki>): Promise<WikiRef> {
    const { link_order: linkOrder, categories, name, purpose } = change;
    // First what may be refused: a change that is refused in part must not be made in part.
    const wiki =
      name === undefined && purpose === undefined ? access.wiki : await this.wikis.describe(access, { name, purpose });
    if (linkOrder !== undefined || categories !== undefined) {
      await this.settings.change(access, {
        ...(linkOrder !== undefined && { linkOrder }),
        ...(categories !== undefined && { categories }),
      });
    }
    return wiki;
  }

  /** The same as the platform sees it: a new slug is a new address. */
  async move(access: Access<'wiki.settings'>, change: z.infer<typeof patchPlatformWiki>): Promise<WikiRef> {
    const { slug, ...described } = change;
    // Asked for first: a change that is refused in part must not be made in part.
    const renaming = slug === undefined ? null : this.acl.also(access, 'wiki.rename');
    const wiki = await (renaming === null || slug === undefined ? access.wiki : this.wikis.rename(renaming, slug));
    return Object.keys(described).length === 0 ? wiki : this.describe(access, described);
  }
}
