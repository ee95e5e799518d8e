import { Injectable } from '@nestjs/common';
import { type Access, type AccountAccess, Acl, type WikiRef, Wikis } from '@lib/acl';
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

  /** Opens a wiki with its starter pages. */
  open(access: AccountAccess<'wiki.create'>, wanted: Wanted): Promise<z.infer<typeof wikiCreated>> {
    return this.openWith(access, wanted, (write) => this.begin(write, wanted));
  }

  /** Opens a wiki with what `fill` writes into it. */
  async openWith(
    access: AccountAccess<'wiki.create'>,
    wanted: Wanted,
    fill: (write: Access<'page.write'>) => Promise<unknown>,
  ): Promise<z.infer<typeof wikiCreated>> {
    const { slug, name, purpose, visibility, custom_slug: customSlug } = wanted;
    const { wiki, token } = await this.wikis.create(access, { slug, name, purpose, visibility, customSlug });
    try {
      await this.prepare(wiki, wanted);
      // Nobody has rights on a wiki that is not open yet; its first commit is the creator's all the same.
      await fill({ ...(await this.acl.system('page.write', wiki.id)), actor: access.actor });
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

  private async prepare({ id }: WikiRef, wanted: Wanted): Promise<void> {
    await this.repositories.create(id);
    await this.settings.set(id, { linkOrder: wanted.link_order, categories: wanted.categories });
  }

  private async begin(write: Access<'page.write'>, wanted: Wanted): Promise<void> {
    const { name, purpose } = write.wiki;
    const categories = wanted.categories ?? [...defaultCategories];
    const linkOrder = wanted.link_order ?? 'target-first';
    const pages = starterPages({ name, purpose, categories, linkOrder, tools: servedTools.list() });
    await this.writer.begin(write, pages, 'Begin the wiki');
  }

  private async undo({ id }: WikiRef): Promise<void> {
    await this.repositories.remove(id);
    // Last, so that a crash before it is found by the sweep of half-made wikis.
    await this.wikis.abandon(id);
  }
}
