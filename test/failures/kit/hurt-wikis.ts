import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCommandLine } from '../../../apps/api/test/kit/command-line.js';
import { GitClient, type GitResult } from '../../../apps/api/test/kit/git-client.js';
import { connect, type McpSession } from '../../../apps/api/test/kit/mcp-client.js';
import { RestClient } from '../../../apps/api/test/kit/rest-client.js';
import { startServerProcess } from '../../../apps/api/test/kit/server-process.js';
import { Doctor, type Finding } from '../../../apps/api/src/cli/doctor.js';
import { readConfig } from '../../../apps/api/src/config.js';
import { openLog } from '../../../apps/api/src/log.js';
import { type RunningServer, startServer } from '../../../apps/api/src/server.js';

type LogLine = Record<string, unknown> & { level: number; msg: string };

/** One wiki of a data folder that somebody damages, as every door sees it. */
export interface HurtWiki {
  slug: string;
  id: string;
  gitDir: string;
  /** The same repository before the damage. */
  goodGitDir: string;
}

/**
 * Wikis written by a server that has ended, and a copy of their data folder, which another server serves: nothing of what
 * was written is in its memory. Each wiki has the pages Hurt, Other and Folder/Deep.
 */
export class HurtWikis {
  readonly logged: LogLine[] = [];
  server!: RunningServer;
  private constructor(
    private readonly line: Awaited<ReturnType<typeof aCommandLine>>,
    private readonly dataDir: string,
    readonly git: GitClient,
    private readonly token: string,
    readonly wikis: ReadonlyMap<string, HurtWiki>,
  ) {}

  static async create(slugs: readonly string[]): Promise<HurtWikis> {
    const line = await aCommandLine();
    const ran = await line.run(['user', 'add', 'alice']);
    if (ran.code !== 0) throw new Error(ran.stderr);
    const made = await line.run(['--json', 'token', 'create', 'alice', '--verbs', 'read,write,admin']);
    const { secret } = JSON.parse(made.stdout) as { secret: string };
    const server = await startServerProcess(line.settings);
    const platform = new RestClient(server.url, secret).under('/api/v1');
    const ids = new Map<string, string>();
    const repositories = join(line.settings.DATA_DIR, 'repositories');
    for (const slug of slugs) {
      const made = await platform.post('/wikis', { slug, name: slug });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      const known = [...ids.values()];
      ids.set(slug, readdirSync(repositories).find((name) => !known.includes(name)) ?? '');
      const rest = new RestClient(server.url, secret).under(`/@alice/${slug}/api/v1`);
      for (const path of ['Hurt', 'Other', 'Folder/Deep']) {
        const content = `${path} of ${slug}: said once.\n`;
        await rest.put(`/pages/${encodeURIComponent(path)}`, { content });
      }
    }
    await server.end('SIGTERM');
    const dataDir = await mkdtemp(join(tmpdir(), 'wikibot-hurt-'));
    await cp(line.settings.DATA_DIR, dataDir, { recursive: true });
    const wikis = new Map(
      [...ids].map(([slug, id]) => {
        const within = join('repositories', id, 'repo.git');
        return [slug, { slug, id, gitDir: join(dataDir, within), goodGitDir: join(line.settings.DATA_DIR, within) }];
      }),
    );
    return new HurtWikis(line, dataDir, await GitClient.create(), secret, wikis);
  }

  wiki(slug: string): HurtWiki {
    const wiki = this.wikis.get(slug);
    if (wiki === undefined) throw new Error(`No wiki ${slug}.`);
    return wiki;
  }

  async start(): Promise<void> {
    const variables = {
      PORT: '0',
      LOG_LEVEL: 'info',
      SEARCH_BY_MEANING: 'off',
      DATA_DIR: this.dataDir,
      DATABASE_URL: this.line.databaseUrl,
    };
    const config = readConfig(variables);
    const write = (text: string) => void this.logged.push(JSON.parse(text) as LogLine);
    this.server = await startServer(config, openLog(config, { write }));
  }

  rest(slug: string): RestClient {
    return new RestClient(this.server.url, this.token).under(`/@alice/${slug}/api/v1`);
  }

  agent(slug: string): Promise<McpSession> {
    return connect(`${this.server.url}/@alice/${slug}/mcp`, this.token);
  }

  remote(slug: string): string {
    return `${this.server.url.replace('http://', `http://any:${this.token}@`)}/@alice/${slug}.git`;
  }

  clone(slug: string): Promise<GitResult> {
    return this.git.try(['clone', '--quiet', this.remote(slug), this.git.path(`clone-${randomUUID()}`)]);
  }

  /** Pushes a page from a clone of what was there before the damage. */
  async push(slug: string, path: string, content: string): Promise<GitResult> {
    const clone = this.git.path(`good-${slug}`);
    if (!existsSync(clone)) await this.git.run(['clone', '--quiet', this.wiki(slug).goodGitDir, clone]);
    const pulled = await this.git.try(['pull', '--quiet', this.remote(slug), 'main'], clone);
    if (pulled.code !== 0) return pulled;
    await writeFile(join(clone, `${path}.md`), content);
    await this.git.run(['add', '.'], clone);
    await this.git.run(['commit', '--quiet', '-m', path], clone);
    const pushed = await this.git.try(['push', '--quiet', this.remote(slug), 'HEAD:main'], clone);
    if (pushed.code !== 0) await this.git.run(['reset', '--quiet', '--hard', 'HEAD~1'], clone);
    return pushed;
  }

  /** What `wikibot doctor --deep` finds of one wiki. */
  async diagnosis(slug: string): Promise<Finding | undefined> {
    const findings = await new Doctor(this.server.rooms).examine({ deep: true });
    return findings.find(({ subject }) => subject === `@alice/${slug}`);
  }

  /** The id of what `main` has at a path. */
  async oid(slug: string, path: string): Promise<string> {
    return (await this.git.run(['--git-dir', this.wiki(slug).gitDir, 'rev-parse', `main:${path}`])).trim();
  }

  async remove(): Promise<void> {
    await this.server?.stop();
    await this.git.remove();
    await this.line.remove();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
