import { randomUUID } from 'node:crypto';
import { RestClient, type RestAnswer } from '../../apps/api/test/kit/rest-client.js';
import { blobOf, type Changes, type Ledger, type Operation, type Told, unforeseen } from './ledger.js';
import type { Seeded } from './seeded.js';
import { nothingToldBy, type Place, toldBy, type Writer } from './writer.js';

interface Wanted {
  method: 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body: Record<string, unknown>;
  changes: Changes;
  /** Brings what this writer knows of its pages up to the change. */
  note: () => void;
}

const file = (page: string) => `${page}.md`;
const at = (page: string, rest = '') => `/pages/${encodeURIComponent(page)}${rest}`;
const shared = 'Shared/Log';
const steps = ['create', 'edit', 'edit', 'remove', 'rename', 'batch', 'attach', 'append'] as const;

/** A program: pages, renames, batches and attachments over REST, each with an Idempotency-Key. */
export class RestWriter implements Writer {
  private readonly pages = new Map<string, string>();
  private readonly attachments = new Map<string, Buffer>();
  private made = 0;
  private last: Operation | null = null;

  constructor(
    private readonly place: Place,
    private readonly name: string,
    private readonly random: Seeded,
    private readonly ledger: Ledger,
  ) {}

  async step(): Promise<Told> {
    if (this.last?.told?.outcome === 'unknown') return this.again(this.last);
    if (this.pages.size < 3) return this.create();
    return this[this.random.pick(steps)]();
  }

  /** Asks for the last operation once more, whatever came of it: it may not happen twice. */
  async settle(): Promise<void> {
    if (this.last === null) return;
    const before = this.last.told;
    const { outcome, commit, words } = await this.again(this.last);
    if (before?.outcome !== 'acknowledged' || (outcome === 'acknowledged' && commit === before.commit)) return;
    throw new Error(`${this.last.id} was told ${before.words} at first, and then ${words}`);
  }

  private create(): Promise<Told> {
    const page = this.newPage();
    const content = this.text(this.anyPage());
    const note = () => void this.pages.set(page, content);
    const changes = new Map([[file(page), blobOf(content)]]);
    return this.carry({ method: 'PUT', path: at(page), body: { content }, changes, note });
  }

  private async edit(): Promise<Told> {
    const page = this.anyPage() ?? '';
    const read = await this.client().get(at(page)).catch(nothingToldBy);
    if (!('status' in read) || read.status !== 200) return { outcome: 'unknown', words: 'nothing to edit was read' };
    const before = this.pages.get(page) ?? '';
    const content = before.replace(/^Turn .*$/m, `Turn ${randomUUID()}`);
    const body = { revision: read.body.revision, old_string: before, new_string: content };
    const note = () => void this.pages.set(page, content);
    return this.carry({
      method: 'PATCH',
      path: at(page),
      body,
      changes: new Map([[file(page), blobOf(content)]]),
      note,
    });
  }

  private remove(): Promise<Told> {
    const page = this.random.pick([...this.pages.keys()].filter((one) => this.filesOf(one).length === 0));
    if (page === undefined) return this.create();
    const note = () => void this.pages.delete(page);
    return this.carry({ method: 'DELETE', path: at(page), body: {}, changes: new Map([[file(page), null]]), note });
  }

  private rename(): Promise<Told> {
    const page = this.anyPage() ?? '';
    const target = this.newPage();
    const changes: Changes = new Map([[file(page), null]]);
    const after = new Map<string, string>();
    for (const [path, content] of this.pages) {
      const mended = content.replaceAll(`[[${page}]]`, `[[${target}]]`);
      if (path === page || mended !== content) after.set(path === page ? target : path, mended);
    }
    for (const [path, content] of after) changes.set(file(path), blobOf(content));
    const files = this.filesOf(page).map(([path, bytes]) => [path, path.replace(page, target), bytes] as const);
    for (const [from, to, bytes] of files) changes.set(from, null).set(to, blobOf(bytes));
    const note = () => {
      this.pages.delete(page);
      for (const [path, content] of after) this.pages.set(path, content);
      for (const [from] of files) this.attachments.delete(from);
      for (const [, to, bytes] of files) this.attachments.set(to, bytes);
    };
    return this.carry({ method: 'POST', path: at(page, '/rename'), body: { new_path: target }, changes, note });
  }

  /** Several pages at once, so that half of it would show. */
  private batch(): Promise<Told> {
    const made = Array.from({ length: 2 + this.random.below(4) }, () => [this.newPage(), this.text(null)] as const);
    const operations = made.map(([path, content]) => ({ op: 'write', path, content }));
    const changes = new Map(made.map(([path, content]) => [file(path), blobOf(content)]));
    const note = () => made.forEach(([path, content]) => this.pages.set(path, content));
    return this.carry({ method: 'POST', path: '/batch', body: { operations }, changes, note });
  }

  private attach(): Promise<Told> {
    const page = this.anyPage() ?? '';
    const filename = `file-${(this.made += 1)}.bin`;
    const bytes = Buffer.from(randomUUID().repeat(1 + this.random.below(2_000)));
    const body = { filename, content: bytes.toString('base64') };
    const changes = new Map([[`${page}/${filename}`, blobOf(bytes)]]);
    const note = () => void this.attachments.set(`${page}/${filename}`, bytes);
    return this.carry({ method: 'POST', path: at(page, '/attachments'), body, changes, note });
  }

  /** A page that everybody writes to. */
  private append(): Promise<Told> {
    const changes = new Map([[file(shared), unforeseen]]);
    return this.carry({ method: 'POST', path: at(shared, '/append'), body: {}, changes, note: () => {} });
  }

  private async carry({ method, path, body, changes, note }: Wanted): Promise<Told> {
    const operation = this.ledger.begin({ wiki: this.place.wiki, door: 'rest', changes });
    const { id } = operation;
    const asked = { ...body, commit_message: id, ...(path.endsWith('/append') && { content: `\n${id}.\n` }) };
    const headers = { 'idempotency-key': `key-${id}` };
    operation.again = async () => {
      const told = await this.client().call(method, path, { body: asked, headers }).then(toldBy, nothingToldBy);
      if (told.outcome === 'acknowledged' && operation.told?.outcome !== 'acknowledged') note();
      return told;
    };
    this.last = operation;
    return this.again(operation);
  }

  private async again(operation: Operation): Promise<Told> {
    const told = (await operation.again?.()) ?? nothingToldBy('never asked');
    // What was acknowledged once stays so, whatever a second asking comes to.
    if (operation.told?.outcome !== 'acknowledged') this.ledger.tell(operation, told);
    return told;
  }

  private client(): { get: (path: string) => Promise<RestAnswer>; call: RestClient['call'] } {
    return new RestClient(this.place.url(), this.place.token).under('/api/v1');
  }

  private newPage = () => `${this.name}/Page ${(this.made += 1)}`;
  private anyPage = () => (this.pages.size === 0 ? null : this.random.pick([...this.pages.keys()]));
  private filesOf = (page: string) => [...this.attachments].filter(([path]) => path.startsWith(`${page}/`));
  private text = (link: string | null) =>
    `# ${this.name}\n\nTurn ${randomUUID()}\n\n${link === null ? '' : `See [[${link}]].\n\n`}${'Words. '.repeat(this.random.below(200))}\n`;
}
