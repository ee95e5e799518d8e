import type { AccessCache } from './access-cache.js';
import type { Mirror } from './mirror.js';
import type { UserId, WikiId } from './wiki-ref.js';

/** Who has to hear of a change after it is committed. */
export interface Followers {
  mirror?: Mirror;
  cache?: AccessCache;
}

/** Tells of committed changes. The cache of this process forgets at once, without waiting for the database's word. */
export class Changes {
  constructor(private readonly followers: Followers) {}

  rights(): void {
    this.followers.cache?.forget();
  }

  async wiki(id: WikiId): Promise<void> {
    this.rights();
    await this.followers.mirror?.wiki(id);
  }

  async user(id: UserId): Promise<void> {
    this.rights();
    await this.followers.mirror?.user(id);
  }
}
