import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './pages.js';

/** What a block of commands said, and how it ended. */
export interface Ran {
  code: number;
  output: string;
  errors: string;
}

/** A command as the shell took it apart. */
export interface Called {
  name: string;
  args: string[];
}

const standIns = join(import.meta.dirname, 'stand-ins');
// What a reader finds in the folder of wikibot.
const ofWikibot = ['package.json', 'node_modules', 'dist', 'bin', 'docker', 'tools'];
const password = 'correct horse battery';

export const hasCurl = spawnSync('curl', ['--version']).status === 0;
/** `script` of util-linux, which gives a command a terminal. */
const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/** Somebody who reads the pages and types what they say, in one shell, in a home of their own. */
export class Reader {
  /** What was exported, or only set, so far. */
  private readonly state: string;

  private constructor(
    readonly home: string,
    readonly folder: string,
    readonly settings: Record<string, string>,
  ) {
    this.state = join(home, 'state.sh');
  }

  /** With the settings of a server, whose folder of wikibot it is. */
  static async create(settings: Record<string, string>): Promise<Reader> {
    const home = await mkdtemp(join(tmpdir(), 'wikibot-docs-'));
    const folder = join(home, 'wikibot');
    await mkdir(folder);
    for (const name of ofWikibot) await symlink(join(root, name), join(folder, name));
    const reader = new Reader(home, folder, settings);
    await writeFile(reader.state, '');
    await mkdir(join(home, 'bin'));
    for (const name of ['npm', 'claude', 'curl']) await reader.standIn(name);
    return reader;
  }

  private async standIn(name: string): Promise<void> {
    const path = join(this.home, 'bin', name);
    await writeFile(path, await readFile(join(standIns, `${name}.sh`), 'utf8'));
    await chmod(path, 0o755);
  }

  private get environment(): Record<string, string> {
    const path = [join(this.home, 'bin'), join(root, 'node_modules/.bin'), process.env.PATH ?? ''];
    return {
      ...this.settings,
      PATH: path.join(delimiter),
      HOME: this.home,
      LANG: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      CALLS: join(this.home, 'calls'),
      STAND_INS: standIns,
      REAL_CURL: spawnSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).stdout.trim(),
    };
  }

  /** A new page is read in the folder of wikibot again, as it is with its data alone; what was exported stays. */
  async turnPage(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (name === 'data' || ofWikibot.includes(name)) continue;
      await rm(join(this.folder, name), { recursive: true, force: true });
    }
    await writeFile(join(this.home, 'where'), this.folder);
  }

  private async typed(text: string): Promise<string> {
    const file = join(this.home, 'typed.sh');
    const [where, state] = [join(this.home, 'where'), this.state];
    const keep = `trap 'export -p > ${state}; pwd > ${where}' EXIT\ntrap : TERM`;
    // What a page sets in one block holds in the next, as in a terminal.
    await writeFile(file, `set -a\n. ${state}\ncd "$(cat ${where})"\n${keep}\nset -e\n${text}\n`);
    return file;
  }

  /** Types a block, and waits until all of it is done. */
  async run(text: string): Promise<Ran> {
    const file = await this.typed(text);
    // Files, since a program that goes on in the background may hold a pipe open.
    const [out, err] = [join(this.home, 'out'), join(this.home, 'err')];
    const [outFile, errFile] = [openSync(out, 'w'), openSync(err, 'w')];
    const child = spawn('sh', [file], { env: this.environment, stdio: ['ignore', outFile, errFile] });
    const [code] = (await once(child, 'exit')) as [number | null];
    for (const open of [outFile, errFile]) closeSync(open);
    return { code: code ?? 1, output: await readFile(out, 'utf8'), errors: await readFile(err, 'utf8') };
  }

  /** Types a block at a terminal, and answers what it asks. */
  async answer(text: string): Promise<Ran> {
    if (!hasTerminal) return this.run(text);
    const file = await this.typed(text);
    const child = spawn('script', ['-qefc', `sh ${file}`, '/dev/null'], { env: this.environment });
    let [output, answered] = ['', 0];
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const asked = output.match(/Password: |Once more: /g)?.length ?? 0;
      for (; answered < asked; answered += 1) child.stdin.write(`${password}\r`);
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code: code ?? 1, output: output.replaceAll('\r', ''), errors: '' };
  }

  /** Starts a server of the page, waits until it says that it runs, and ends it. */
  async serve(text: string, running: RegExp): Promise<Ran> {
    const file = await this.typed(text);
    const child = spawn('sh', [file], { env: { ...this.environment, PORT: '0' }, detached: true });
    const ended = once(child, 'close') as Promise<[number | null]>;
    let [output, isEnded] = ['', false];
    const hear = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (isEnded || !running.test(output)) return;
      isEnded = true;
      // As Ctrl-C in a terminal does, to the shell and all that it started.
      process.kill(-(child.pid ?? 0), 'SIGTERM');
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', hear);
    const [code] = await ended;
    return { code: isEnded ? (code ?? 1) : 1, output, errors: output };
  }

  /** What the stand-ins were called with since the last look. */
  async calls(): Promise<Called[]> {
    const file = join(this.home, 'calls');
    const text = await readFile(file, 'utf8').catch(() => '');
    await rm(file, { force: true });
    return text
      .split('\u001e')
      .filter((call) => call !== '')
      .map((call) => {
        const [name = '', ...args] = call.split('\u001f');
        return { name, args };
      });
  }

  get password(): string | undefined {
    return hasTerminal ? password : undefined;
  }

  async leave(): Promise<void> {
    // Ends the helper of git that keeps passwords in memory.
    spawnSync('git', ['credential-cache', 'exit'], { env: this.environment });
    await rm(this.home, { recursive: true, force: true });
  }
}
