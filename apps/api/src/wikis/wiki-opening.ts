import { Injectable } from '@nestjs/common';
import { type AccountAccess, Acl, type WikiRef, Wikis } from '@lib/acl';
import { Repositories } from '@lib/git';
import { defaultCategories, PageWriter, starterPages, WikiSettings } from '@lib/wiki';
import type { z } from 'zod';
import { Addresses } from '../http/addresses.js';
import { servedTools } from '../mcp/served-tools.js';
import { WikiCards } from './wiki-cards.js';
import type { createWiki, wikiCreated } from './wiki.schema.js';

type Wanted = z.infer<typeof createWiki>;

/** Opens a new wiki across the rooms: nobody sees it before it is whole, and nothing of it stays when a step fails. */
@Injectable()
export class WikiOpening {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly repositories: Repositories,
    private readonly settings: WikiSettings,
    private readonly writer: PageWriter,
    private readonly cards: WikiCards,
    private readonly addresses: Addresses,
  ) {}

  async open(access: AccountAccess<'wiki.create'>, wanted: Wanted): Promise<z.infer<typeof wikiCreated>> {
    const { slug, name, purpose, visibility, custom_slug: customSlug } = wanted;
    const { wiki, token } = await this.wikis.create(access, { slug, name, purpose, visibility, customSlug });
    try {
      await this.fill(access, wiki, wanted);
      await this.wikis.activate(wiki.id);
    } catch (error) {
      await this.undo(wiki);
      throw error;
    }
    return {
      wiki: await this.cards.row({ wiki, role: 'owner', lastAccessedAt: null }),
      mcp_token: token.secret,
      mcp_endpoint: this.addresses.mcp(wiki),
      git_url: this.addresses.git(wiki),
      rest_url: this.addresses.rest(wiki),
    };
  }

  /** The repository, the settings and the first commit. */
  private async fill({ actor }: AccountAccess, wiki: WikiRef, wanted: Wanted): Promise<void> {
    const categories = wanted.categories ?? [...defaultCategories];
    const linkOrder = wanted.link_order ?? 'target-first';
    await this.repositories.create(wiki.id);
    await this.settings.set(wiki.id, { linkOrder, categories });
    const { name, purpose } = wiki;
    const pages = starterPages({ name, purpose, categories, linkOrder, tools: servedTools.list() });
    // Nobody has rights on a wiki that is not open yet; the commit is the creator's all the same.
    const access = await this.acl.system('page.write', wiki.id);
    await this.writer.begin({ ...access, actor }, pages, 'Begin the wiki');
  }

  private async undo({ id }: WikiRef): Promise<void> {
    await this.repositories.remove(id);
    // Last, so that a crash before it is found by the sweep of half-made wikis.
    await this.wikis.abandon(id);
  }
}
