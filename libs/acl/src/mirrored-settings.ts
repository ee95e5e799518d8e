import type { WikiId } from './wiki-ref.js';

/** Settings of wikis, which another room keeps; the mirror only carries them. */
export interface MirroredSettings {
  of(wiki: WikiId): Promise<object>;
  set(wiki: WikiId, settings: object): Promise<void>;
}
