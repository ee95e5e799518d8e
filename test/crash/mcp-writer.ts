import { randomUUID } from 'node:crypto';
import { connect, type McpSession } from '../../apps/api/test/kit/mcp-client.js';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { blobOf, type Ledger, type Told } from './ledger.js';
import type { Seeded } from './seeded.js';
import { nothingToldBy, type Place, type Writer } from './writer.js';

interface Known {
  content: string;
  revision: string;
}

/** Our own failures, in the words of the table of problems: the write may have happened or not. */
const ours = /not-ready|timed-out|busy|internal|cannot be reached|went wrong/i;

/** An agent: `write_note` and `edit_note`; it has no keys, so after a doubt it reads again what there is. */
export class McpWriter implements Writer {
  private readonly pages = new Map<string, Known | 'doubtful'>();
  private session: { at: string; agent: McpSession } | null = null;
  private made = 0;

  constructor(
    private readonly place: Place,
    private readonly name: string,
    private readonly random: Seeded,
    private readonly ledger: Ledger,
  ) {}

  async step(): Promise<Told> {
    const path = this.random.below(3) === 0 ? `${this.name}/Note ${(this.made += 1)}` : this.anyPage();
    const known = await this.sure(path).catch(() => 'doubtful' as const);
    if (known === 'doubtful') return { outcome: 'unknown', words: 'nothing was read' };
    const content = `# Note\n\nTurn ${randomUUID()}\n\n${'More words. '.repeat(this.random.below(100))}\n`;
    if (known === null) return this.carry(path, content, 'write_note', { content });
    const { revision, content: old_string } = known;
    if (this.random.below(2) === 0) return this.carry(path, content, 'write_note', { content, revision });
    return this.carry(path, content, 'edit_note', { revision, old_string, new_string: content });
  }

  private async carry(path: string, content: string, tool: string, args: Record<string, unknown>): Promise<Told> {
    const changes = new Map([[`${path}.md`, blobOf(content)]]);
    const operation = this.ledger.begin({ wiki: this.place.wiki, door: 'mcp', changes });
    this.pages.set(path, 'doubtful');
    const told = await this.ask(tool, { path, ...args, commit_message: operation.id }).catch(nothingToldBy);
    if (told.outcome === 'acknowledged') this.pages.set(path, { content, revision: told.commit ?? '' });
    this.ledger.tell(operation, told);
    return told;
  }

  private async ask(tool: string, args: Record<string, unknown>): Promise<Told> {
    const { text, data, isError, problem } = await (await this.agent()).call(tool, args);
    if (!isError) return { outcome: 'acknowledged', commit: data.commit as string, words: text };
    const words = `${JSON.stringify(problem)} ${text}`;
    return { outcome: ours.test(words) ? 'unknown' : 'refused', words };
  }

  private async agent(): Promise<McpSession> {
    const url = this.place.url();
    if (this.session?.at !== url) {
      await this.session?.agent.close().catch(() => {});
      this.session = { at: url, agent: await connect(`${url}/mcp`, this.place.token) };
    }
    return this.session.agent;
  }

  /** What the page holds, null when there is none. */
  private async sure(path: string): Promise<Known | null> {
    const known = this.pages.get(path);
    if (known !== 'doubtful') return known ?? null;
    const rest = new RestClient(this.place.url(), this.place.token).under('/api/v1');
    const { status, body } = await rest.get(`/pages/${encodeURIComponent(path)}`);
    if (status === 404) return null;
    if (status !== 200) throw new Error(`${status}`);
    return { content: body.content as string, revision: body.revision as string };
  }

  private anyPage(): string {
    return this.pages.size === 0 ? `${this.name}/Note ${(this.made += 1)}` : this.random.pick([...this.pages.keys()]);
  }
}
