import { LRUCache } from 'lru-cache';
import pg from 'pg';

const maxEntries = 10_000;
const maxAgeMs = 1_000;
const retryMs = 1_000;

/**
 * Remembers who may do what for at most a second, and only while this process hears of every change of a right:
 * triggers notify `wikibot_access`, a lost connection means that nothing is remembered.
 */
export class AccessCache {
  private readonly entries = new LRUCache<string, { value: unknown }>({ max: maxEntries, ttl: maxAgeMs });
  private client: pg.Client | null = null;
  private listening = false;
  private closed = false;
  private epoch = 0;
  private retry: NodeJS.Timeout | undefined;

  constructor(private readonly given: { url: string; onError?: (error: unknown) => void }) {
    void this.listen();
  }

  /** The remembered answer, or that of `ask`, which is remembered unless a right changed meanwhile. */
  async through<T>(key: string, ask: () => Promise<T>): Promise<T> {
    if (!this.listening) return ask();
    const known = this.entries.get(key);
    if (known !== undefined) return known.value as T;
    const { epoch } = this;
    const value = await ask();
    if (this.listening && epoch === this.epoch) this.entries.set(key, { value });
    return value;
  }

  /** Forgets everything, as every notification does. */
  clear(): void {
    this.epoch += 1;
    this.entries.clear();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    this.lost();
    await this.client?.end().catch(() => {});
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.given.url, application_name: 'wikibot-access' });
    this.client = client;
    client.on('error', () => this.again(client));
    client.on('end', () => this.again(client));
    client.on('notification', () => this.clear());
    try {
      await client.connect();
      await client.query('LISTEN wikibot_access');
      this.clear();
      this.listening = !this.closed && this.client === client;
    } catch (error) {
      this.given.onError?.(error);
      this.again(client);
    }
  }

  private again(client: pg.Client): void {
    if (this.client !== client) return;
    this.lost();
    this.client = null;
    void client.end().catch(() => {});
    if (this.closed) return;
    this.retry = setTimeout(() => void this.listen(), retryMs);
    this.retry.unref();
  }

  private lost(): void {
    this.listening = false;
    this.clear();
  }
}
