import { Injectable } from '@nestjs/common';
import { Acl, type Actor, Wikis } from '@lib/acl';

/** Whether to offer the demo wiki: to whoever operates a server that has no wiki yet. */
@Injectable()
export class DemoOffers {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
  ) {}

  async demoOffered(actor: Actor): Promise<boolean> {
    if (actor.kind !== 'person' || !actor.isAdmin) return false;
    this.acl.requireAccount('operate', actor);
    return !(await this.wikis.any());
  }
}
