import { Injectable } from '@nestjs/common';
import { type Access, Acl, type Actor, type MyWiki, type WikiRef, Wikis } from '@lib/acl';
import { Catalogue, Pages, WikiSettings } from '@lib/wiki';
import type { z } from 'zod';
import { Addresses } from '../http/addresses.js';
import { identityAnswer, limitsAnswer } from './wiki-answers.js';
import type { wikiMeta, wikiRow } from './wiki.schema.js';

/** Gathers what the rooms know of a wiki into one answer. */
@Injectable()
export class WikiCards {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly settings: WikiSettings,
    private readonly pages: Pages,
    private readonly catalogue: Catalogue,
    private readonly addresses: Addresses,
  ) {}

  async ofActor(actor: Actor): Promise<z.infer<typeof wikiRow>[]> {
    return Promise.all((await this.wikis.ofActor(actor)).map((mine) => this.row(mine)));
  }

  async row({ wiki, role, lastAccessedAt }: MyWiki): Promise<z.infer<typeof wikiRow>> {
    const pages = await this.pages.count(wiki.id);
    const last_accessed_at = lastAccessedAt?.toISOString() ?? null;
    return { ...identityAnswer(wiki, role, this.addresses), pages, last_accessed_at };
  }

  /** A wiki as whoever was let in sees it; `wiki` is how it is after a change. */
  async meta(access: Access, wiki: WikiRef = access.wiki): Promise<z.infer<typeof wikiMeta>> {
    const { linkOrder, categories } = await this.settings.of(wiki.id);
    const { commit } = await this.catalogue.fresh(wiki.id);
    return {
      ...identityAnswer(wiki, access.role, this.addresses),
      pages: await this.pages.count(wiki.id),
      revision: commit,
      limits: limitsAnswer(wiki),
      settings: { link_order: linkOrder, categories },
      can: this.acl.abilities(access),
    };
  }
}
