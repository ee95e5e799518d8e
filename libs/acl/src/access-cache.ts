import { LRUCache } from 'lru-cache';
import { AccessListener } from './access-listener.js';

/** Which database to listen to, and how much to keep. */
export interface AccessCacheOptions {
  url: string;
  maxEntries?: number;
  /** Told why the connection was lost or did not come about; it is tried again. */
  onError?: (error: unknown) => void;
}

const maxAgeMs = 1000;

/**
 * Remembers who has which rights for at most a second, and not a moment longer than the database says that nothing
 * has changed. It trusts itself only while its own connection listens; without one every question goes to the database.
 */
export class AccessCache {
  private readonly entries: LRUCache<string, { value: unknown }>;
  private readonly listener: AccessListener;
  private epoch = 0;

  constructor({ url, maxEntries = 10_000, onError = () => {} }: AccessCacheOptions) {
    this.entries = new LRUCache({ max: maxEntries, ttl: maxAgeMs, ttlResolution: 0 });
    this.listener = new AccessListener(url, { onChange: () => this.forget(), onError });
  }

  /** Whether it remembers at the moment. */
  get isListening(): boolean {
    return this.listener.isListening;
  }

  /** The remembered answer, or that of `load`. Nothing found is remembered like something found, so that time tells no difference. */
  async remember<T>(key: string, load: () => Promise<T>): Promise<T> {
    this.listener.start();
    if (!this.isListening) return load();
    const entry = this.entries.get(key);
    if (entry !== undefined) return entry.value as T;
    const [epoch, start] = [this.epoch, performance.now()];
    const value = await load();
    // What was read before a change must not outlive it.
    if (this.isListening && this.epoch === epoch) this.entries.set(key, { value }, { start });
    return value;
  }

  /** Forgets everything: a right has changed somewhere. */
  forget(): void {
    this.epoch += 1;
    this.entries.clear();
  }

  /** Lets go of the connection; from then on nothing is remembered. */
  async close(): Promise<void> {
    await this.listener.close();
    this.forget();
  }
}
