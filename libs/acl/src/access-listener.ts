import pg from 'pg';

const channel = 'wikibot_access';
const firstRetryMs = 100;
const longestRetryMs = 5000;

interface Hooks {
  /** Called on every change, and whenever changes may have been missed. */
  onChange: () => void;
  onError: (error: unknown) => void;
}

/** A connection that hears of every change of a right, and comes back by itself when it is lost. */
export class AccessListener {
  private client: pg.Client | null = null;
  private listening = false;
  private closed = false;
  private retry: NodeJS.Timeout | null = null;
  private retryMs = firstRetryMs;

  constructor(
    private readonly url: string,
    private readonly hooks: Hooks,
  ) {}

  get isListening(): boolean {
    return this.listening;
  }

  /** Connects unless that has been begun already. */
  start(): void {
    if (this.client !== null || this.retry !== null || this.closed) return;
    const client = new pg.Client({ connectionString: this.url, keepAlive: true, application_name: 'wikibot-access' });
    this.client = client;
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client));
    client.on('notification', () => this.hooks.onChange());
    client
      .connect()
      .then(() => client.query(`LISTEN ${channel}`))
      .then(() => this.heard(client))
      .catch((error: unknown) => this.lost(client, error));
  }

  async close(): Promise<void> {
    this.closed = true;
    this.listening = false;
    if (this.retry !== null) clearTimeout(this.retry);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => {});
  }

  private heard(client: pg.Client): void {
    if (this.client !== client) return;
    this.hooks.onChange();
    this.listening = true;
    this.retryMs = firstRetryMs;
  }

  private lost(client: pg.Client, error?: unknown): void {
    if (this.client !== client) return;
    if (error !== undefined) this.hooks.onError(error);
    this.listening = false;
    this.client = null;
    this.hooks.onChange();
    client.end().catch(() => {});
    this.retry = setTimeout(() => {
      this.retry = null;
      this.start();
    }, this.retryMs);
    this.retry.unref();
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
  }
}
