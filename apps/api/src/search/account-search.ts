import { Injectable } from '@nestjs/common';
import { type Access, type AccountAccess, Acl, AclError, type MyWiki, Wikis } from '@lib/acl';
import { type AcrossQuery, type FoundAcross, SearchAcross } from '@lib/search';

/** Searches in all wikis that somebody has a role on. */
@Injectable()
export class AccountSearch {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly across: SearchAcross,
  ) {}

  /** Rights are looked at before anything is searched: a wiki that is not reached leaves no trace. */
  async find({ actor }: AccountAccess<'wikis.list'>, asked: AcrossQuery): Promise<FoundAcross> {
    const wikis = await this.wikis.ofActor(actor);
    const accesses = await Promise.all(wikis.map((wiki) => this.enter(actor, wiki)));
    return this.across.find(
      accesses.filter((access) => access !== null),
      asked,
    );
  }

  /** Null for a wiki that may be listed and not searched, or that was closed meanwhile. */
  private async enter(actor: Access['actor'], { wiki }: MyWiki): Promise<Access<'search.use'> | null> {
    try {
      return await this.acl.require('search.use', actor, { owner: wiki.owner.username, slug: wiki.slug });
    } catch (error) {
      if (error instanceof AclError) return null;
      throw error;
    }
  }
}
