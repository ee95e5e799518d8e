import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { canariesIn, customSlug, makeTenants, owner, slugs } from './kit/tenants.js';
import { type Trail, Trails } from './kit/trail.js';

const folder = join(import.meta.dirname, '../../apps/api/src/cli');

/** Every command that names a wiki as its argument or in an option, whoever adds it. */
async function wikiCommands(): Promise<string[][]> {
  const program = await theProgram();
  const walk = (command: Command, path: string[]): string[][] => {
    const named = [
      ...command.registeredArguments.map((one) => ({ text: one.name(), words: [] as string[] })),
      ...command.options.map((one) => ({ text: one.flags, words: [one.long ?? ''] })),
    ].filter(({ text }) => text.includes('@user/wiki'));
    const own = named.map(({ words }) => [...path, ...fillers(command), ...words, '@wiki']);
    return [...own, ...command.commands.flatMap((one) => walk(one, [...path, one.name()]))];
  };
  return walk(program, []);
}

/** What else a command must be given. */
function fillers(command: Command): string[] {
  const places = command.registeredArguments.filter((one) => one.required && !one.name().includes('wiki'));
  const options = command.options.filter((one) => one.mandatory && !one.flags.includes('@user/wiki'));
  return [
    ...places.map((one) => (one.name() === 'username' ? 'mallory' : '/nowhere')),
    ...options.flatMap((one) => [one.long ?? '', one.long === '--confirm' ? `${owner}/@slug` : '/nowhere/file']),
  ];
}

async function theProgram(): Promise<Command> {
  const program = new Command('wikibot').option('--json').exitOverride();
  const files = (await readdir(folder)).filter((name) => name.endsWith('.commands.ts'));
  for (const file of files) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
    for (const [name, add] of Object.entries(module)) {
      if (name.endsWith('Commands')) (add as (program: Command) => void)(program);
    }
  }
  return program;
}

describe('every command that names a wiki', () => {
  let app: TestApp;
  let trails: Trails;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    await makeTenants(app);
    await app.addUser('mallory');
    trails = new Trails();
    vi.stubEnv('DATA_DIR', app.dataDir);
    vi.stubEnv('DATABASE_URL', app.rooms.database.url);
    vi.stubEnv('LOG_LEVEL', 'silent');
    // vitest has a variable of that name too.
    vi.stubEnv('BASE_URL', 'http://localhost');
  });
  afterAll(async () => {
    trails?.stop();
    vi.unstubAllEnvs();
    process.exitCode = 0;
    await app?.stop();
  });

  async function run(words: string[], slug: string, who = owner) {
    let said = '';
    const listen = (text: string | Uint8Array) => ((said += String(text)), true);
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation(listen),
    );
    const trail: Trail = [];
    const filled = words.map((word) => word.replace('@wiki', `@${who}/${slug}`).replace('@slug', slug));
    try {
      const program = await theProgram();
      await trails.within(trail, () => program.parseAsync(['--json', ...filled], { from: 'user' }));
    } finally {
      spies.forEach((spy) => spy.mockRestore());
    }
    const exitCode = process.exitCode;
    process.exitCode = 0;
    return { exitCode, said: said.replaceAll(slug, '<name>'), trail };
  }

  it('says the same of what is deleted or half-made as of what never was', async () => {
    // Making a wiki, and taking a deletion back, are about names that are not there yet, or no more.
    const commands = (await wikiCommands()).filter((words) => !/create @wiki|import|restore/.test(words.join(' ')));
    expect(commands.map((words) => words[0])).toEqual(expect.arrayContaining(['wiki', 'token', 'export', 'reindex']));
    for (const words of commands) {
      const absent = await run(words, slugs.absent);
      expect(absent.exitCode, absent.said).toBe(3);
      for (const slug of [slugs.gone, slugs.gonePublic, slugs.halfMade]) {
        const hidden = await run(words, slug);
        expect(hidden, `${words.join(' ')} ${slug}`).toEqual(absent);
        expect(canariesIn(hidden.said)).toEqual([]);
      }
    }
  });

  it('gives a person no token for a wiki they do not see', async () => {
    const words = (await wikiCommands()).find(([group]) => group === 'token') ?? [];
    const absent = await run(words, slugs.absent);

    expect(absent.said).toContain('wiki-not-found');
    for (const slug of [slugs.closed, slugs.shared]) expect(await run(words, slug), slug).toEqual(absent);
    const byCustomSlug = await run(words, customSlug(slugs.closed), customSlug(slugs.closed));
    expect(byCustomSlug.exitCode).toBe(3);
  });
});
