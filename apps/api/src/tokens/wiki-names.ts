import { Injectable } from '@nestjs/common';
import { Acl, type Actor, type TokenRow, type WikiId, wikiNotFound, type WikiRef, Wikis } from '@lib/acl';

/** Callers know wikis as owner/slug, tokens by id. */
@Injectable()
export class WikiNames {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
  ) {}

  /** The ids behind names; one that the actor may not see answers as a missing one does. */
  async ids(actor: Actor, names: readonly string[] | null | undefined): Promise<WikiId[] | null> {
    if (names == null) return null;
    const found = await Promise.all(names.map((name) => this.acl.require('wiki.read', actor, addressOf(name))));
    return [...new Set(found.map(({ wiki }) => wiki.id))];
  }

  /** Tokens with the names of their wikis; wikis that are no more, or are not seen any more, have none. */
  async named<T extends TokenRow>(
    actor: Actor,
    tokens: readonly T[],
  ): Promise<(Omit<T, 'wikis'> & { wikis: string[] | null })[]> {
    const ids = new Set(tokens.flatMap(({ wikis }) => wikis ?? []));
    const names = await this.namesOf(actor, ids);
    return tokens.map((token) => ({ ...token, wikis: token.wikis?.flatMap((id) => names.get(id) ?? []) ?? null }));
  }

  private async namesOf(actor: Actor, ids: ReadonlySet<WikiId>): Promise<Map<WikiId, string>> {
    const mine = (await this.wikis.ofActor(actor)).map(({ wiki }) => wiki);
    const known = new Set(mine.map(({ id }) => id));
    const others = await Promise.all([...ids].filter((id) => !known.has(id)).map((id) => this.wikis.byId(id)));
    // A token outlives the role with which it was made, and a private wiki may have a new name since.
    const all = [...mine, ...others.filter((wiki) => wiki !== null).filter(isPublic)];
    return new Map(all.map(({ id, owner, slug }) => [id, `${owner.username}/${slug}`]));
  }
}

const isPublic = ({ visibility }: WikiRef) => visibility === 'public';

function addressOf(name: string): { owner: string; slug: string } {
  const [owner, slug, ...more] = name.split('/');
  if (!owner || !slug || more.length > 0) throw wikiNotFound();
  return { owner, slug };
}
