import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { connect } from '../kit/mcp-client.js';
import { aFreePort } from '../kit/free-port.js';
import { RestClient } from '../kit/rest-client.js';
import { WebClient } from '../kit/web-client.js';
import { type Connection, connectionOf, connectionOfClaude } from './client-settings.js';
import { caddyFaults, mermaidFaults, nginxFaults, unitFaults } from './configuration-checks.js';
import { type DocsPage, type Fence, root } from './pages.js';
import { Routes } from './routes.js';
import { type Called, type Ran, Reader } from './reader.js';
import { answerFaults } from './shown-answers.js';
import { sources } from './sources.js';

// Programs that go on until they are told to end, and what they say when they run.
const servers = [
  { starts: /^(?:npm start|\S*node dist\/\S+\/main\.js)$/m, says: /listening on \S+\)/ },
  { starts: /^\S*node dist\/\S+\/worker\.js$/m, says: /working off jobs/ },
];
const github = 'https://github.com/OWNER/REPOSITORY.wiki.git';

/** Reads the pages one after another beside a running server, and does what they say. */
export class Walk {
  private page = '';
  private last: Ran | null = null;
  private program = '';
  /** The newest token that a page showed, and the newest revision. */
  private shown: { token?: string; revision?: string } = {};
  private exported = new Map<string, string>();
  /** What was exported before the pages about moving. */
  private before = new Map<string, string>();

  private constructor(
    readonly app: TestApp,
    readonly reader: Reader,
    private readonly port: number,
    readonly routes: Routes,
  ) {}

  static async begin(): Promise<Walk> {
    const port = await aFreePort();
    const reader = await Reader.create({ SEARCH_BY_MEANING: 'off', PORT: `${port}` });
    const app = await startApp({ PORT: `${port}`, DATA_DIR: join(reader.folder, 'data') });
    reader.settings.DATABASE_URL = app.rooms.config.database.url ?? '';
    return new Walk(app, reader, port, await Routes.of(app.url));
  }

  async turnTo({ path }: DocsPage): Promise<void> {
    // Who moves here has a wiki of their own on each of these pages.
    if (this.page.startsWith('docs/moving/')) this.exported = new Map(this.before);
    else this.before = new Map(this.exported);
    this.page = path;
    this.shown = {};
    this.last = null;
    await this.reader.turnPage();
    const source = await sources[path]?.(this.reader.home);
    if (source === undefined) return;
    for (const name of ['SOURCE', 'VAULT']) this.exported.set(name, source);
  }

  /** Does what a block says; a block that nothing here knows how to try fails. */
  async read(fence: Fence): Promise<void> {
    const [text, { token = '' }] = [this.filled(fence.text), { token: this.exported.get('WIKI_TOKEN') }];
    if (fence.words.includes('answer')) {
      const { output, errors } = this.last ?? { output: '', errors: '' };
      expect(answerFaults(text, fence.language, fence.language === 'json' ? output : output + errors)).toEqual([]);
      return;
    }
    if (fence.language === 'sh') return this.type(text, fence.words.includes('refused'));
    if (fence.language === 'json') return this.reach(connectionOf(text, token));
    if (fence.language === 'ts') return this.runProgram(text, token);
    if (fence.language === 'markdown') return this.write(text);
    const check = { nginx: nginxFaults, caddyfile: caddyFaults, mermaid: mermaidFaults, ini: unitFaults }[
      fence.language
    ];
    if (check === undefined) throw new Error(`Nothing tries a block of "${fence.language}" yet: ${text}`);
    expect(await check(text)).toEqual([]);
  }

  /** The block with what the reader has in place of what the page shows. */
  private filled(text: string): string {
    const local = text
      .replaceAll('localhost:8080', `localhost:${this.port}`)
      .replaceAll('/srv/backup', this.reader.home);
    const near = local.replaceAll(github, this.exported.get('SOURCE') ?? github);
    return near.replaceAll(/^export (\w+)=(\S+)$/gm, (_all, name: string, example: string) => {
      const value = this.valueOf(name, example);
      this.exported.set(name, value);
      return `export ${name}='${value}'`;
    });
  }

  private valueOf(name: string, example: string): string {
    const seen = example === 'wbt_…' ? this.shown.token : name === 'REVISION' ? this.shown.revision : undefined;
    const value = seen ?? this.exported.get(name);
    if (value === undefined) throw new Error(`${this.page} takes ${name} from nowhere.`);
    return value;
  }

  private async type(text: string, isRefused: boolean): Promise<void> {
    await this.meanwhile(text);
    const server = servers.find(({ starts }) => starts.test(text));
    const asks = /user add(?!.*--password-stdin)/.test(text);
    const ran =
      server !== undefined
        ? await this.reader.serve(text, server.says)
        : await (asks ? this.reader.answer(text) : this.reader.run(text));
    this.last = ran;
    const said = `${text}\n${ran.output}\n${ran.errors}`;
    if (isRefused) expect(ran.code, said).not.toBe(0);
    else expect(ran.code, said).toBe(0);
    const all = ran.output + ran.errors;
    this.shown.token = all.match(/wbt_[\w-]+/g)?.at(-1) ?? this.shown.token;
    this.shown.revision = [...all.matchAll(/"revision":\s*"([0-9a-f]+)"/g)].at(-1)?.[1] ?? this.shown.revision;
    for (const call of await this.reader.calls()) await this.check(call, ran);
  }

  private async check({ name, args }: Called, { output }: Ran): Promise<void> {
    if (name === 'claude') return this.reach(connectionOfClaude(args));
    if (name === 'npm') return expect(longFaults(args)).toEqual([]);
    const url = new URL(args.find((arg) => arg.startsWith('http')) ?? '');
    // A tool that refuses is no failure of HTTP.
    if (url.pathname.endsWith('/mcp')) return expect(output).not.toMatch(/"isError":true|"error":\s*\{/);
    if (!url.pathname.includes('/api/v1')) return;
    const method = args.includes('-X') ? args[args.indexOf('-X') + 1] : 'GET';
    expect(this.routes.knows(method ?? '', url.pathname), `${method} ${url.pathname} is in the OpenAPI document`).toBe(
      true,
    );
  }

  /** A client with these settings gets in, and reads. */
  private async reach({ url, token }: Connection): Promise<void> {
    const session = await connect(url, token);
    const [tool, args] = new URL(url).pathname === '/mcp' ? ['list_wikis', {}] : ['read_note', { path: 'Home' }];
    expect((await session.does(tool, args)).text).not.toBe('');
    await session.close();
  }

  /** A program as it stands; one that begins with other imports takes the rest from the one before. */
  private async runProgram(text: string, token: string): Promise<void> {
    const isWhole = text.includes('client.connect');
    const whole = isWhole ? text : this.program.replace(/^import .*$/m, text);
    if (isWhole) this.program = text;
    await writeFile(join(this.reader.folder, 'my-program.mts'), whole);
    const ran = await this.reader.run(`export WIKI_TOKEN='${token}'\nnode my-program.mts`);
    this.last = ran;
    expect(ran.code, ran.errors).toBe(0);
    expect(ran.output).toContain('Home');
  }

  /** A page of the wiki, which takes it as it stands. */
  private async write(text: string): Promise<void> {
    const rest = this.asAlice('notes');
    const made = await rest.put('/pages/An%20example', { content: text, merge: false });
    if (made.status === 409) return;
    expect([200, 201], JSON.stringify(made.body)).toContain(made.status);
    expect((await rest.get('/pages/An%20example')).body).toMatchObject({ content: text });
    await rest.call('DELETE', '/pages/An%20example', { body: { revision: made.body.revision } });
  }

  /** What others, or the reader in an editor, do between two blocks. */
  private async meanwhile(text: string): Promise<void> {
    if (/members\/bob/.test(text)) return this.followInvitation('bob');
    if (this.page !== 'docs/git.md') return;
    const rest = this.asAlice('notes');
    if (/^git commit --all/m.test(text)) {
      const read = await rest.get('/pages/Dunlin');
      const theirs = { content: '# Dunlin\n\nSmall; runs ahead of the tide.\n', revision: read.body.revision };
      expect((await rest.put('/pages/Dunlin', theirs)).status).toBe(200);
    }
    if (/^git commit --no-edit$/m.test(text)) {
      await writeFile(
        join(this.reader.folder, 'notes/Dunlin.md'),
        '# Dunlin\n\nSmall; runs ahead of the tide, in flocks.\n',
      );
    }
  }

  /** Somebody makes an account with the invitation that a command printed. */
  private async followInvitation(username: string): Promise<void> {
    const link = new URL(/http\S+invitation=\S+/.exec(this.last?.output ?? '')?.[0] ?? '');
    const browser = new WebClient(this.app.url);
    const form = await browser.open(link.pathname + link.search);
    await browser.submit(form, '/auth/sign-up', { username, password: 'correct horse battery' });
    expect((await this.app.rooms.people.find(username))?.username).toBe(username);
  }

  private asAlice(slug: string): RestClient {
    const token = this.exported.get('ACCOUNT_TOKEN') ?? '';
    return new RestClient(this.app.url, token).under(`/@alice/${slug}/api/v1`);
  }

  async end(): Promise<void> {
    await this.app.stop();
    await this.reader.leave();
  }
}

/** What is wrong with a command that takes minutes, as far as its sources tell. */
function longFaults([script = '', ...args]: string[]): string[] {
  const folder = join(root, script.startsWith('bench') ? 'bench' : 'test');
  const title = args[args.indexOf('-t') + 1];
  const named = script.startsWith('bench')
    ? args.filter((arg) => arg.startsWith('--'))
    : args.includes('-t')
      ? [title]
      : [];
  const isThere = (text = '') =>
    spawnSync('grep', ['-rqF', '--include=*.ts', '-e', text.replace(/^--/, ''), folder]).status === 0;
  return named.filter((text) => !isThere(text)).map((text) => `${script} knows no ${text}`);
}
