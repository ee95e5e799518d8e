import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../kit/command-line.js';
import { RestClient } from '../kit/rest-client.js';
import { type ServerProcess, startServerProcess } from '../kit/server-process.js';
import { attributeOf, textOf, WebClient } from '../kit/web-client.js';

const demo = join(import.meta.dirname, '../../demo');
const read = <T>(name: string) => JSON.parse(readFileSync(join(demo, name), 'utf8')) as T;
const people = read<{ username: string; displayName: string }[]>('people.json');
const history = read<Told[]>('history.json');
const files = readdirSync(join(demo, 'pages'), { recursive: true, encoding: 'utf8' });
const pages = files.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3));
/** What a new wiki has, and the demo does not bring. */
const begun = ['Meta/Page Template', 'Meta/Wiki Usage Guide'];

interface Told {
  who: string;
  agent?: string;
  door: string;
  message: string;
  page: string;
  change: { create?: true; replace?: [string, string][] };
}

describe('a demo wiki', { timeout: 60_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;
  let server: ServerProcess;
  let rest: RestClient;
  let unready: { code: number; stderr: string };
  let made: { address: string; report: object; accounts: object };

  beforeAll(async () => {
    line = await aCommandLine();
    unready = await line.run(['demo']);
    await line.run(['user', 'add', 'olga', '--admin', '--no-token']);
    // Somebody of that name, who has nothing to do with it.
    await line.run(['user', 'add', 'tam', '--no-token']);
    const run = await line.run(['--json', 'demo']);
    expect(run.code, run.stderr).toBe(0);
    made = JSON.parse(run.stdout) as typeof made;
    server = await startServerProcess(line.settings);
    rest = new RestClient(server.url, null).under('/@olga/shore/api/v1');
  }, 60_000);
  afterAll(async () => {
    await server?.end('SIGTERM');
    await line?.remove();
  });

  const changelog = async () => {
    const entries: Record<string, unknown>[] = [];
    for (let cursor = ''; ;) {
      const { body } = await rest.get(`/changelog?limit=200${cursor}`);
      entries.push(...body.entries);
      if (body.next === null) return entries.reverse();
      cursor = `&cursor=${encodeURIComponent(body.next as string)}`;
    }
  };

  it('is the first operator’s, and not made without one', () => {
    expect(unready).toMatchObject({ code: 2, stderr: expect.stringContaining('no operator') as string });
    expect(made.address).toMatch(/\/@olga\/shore$/);
  });

  it('has the pages of its folder beside those of every new wiki, and accounts for who wrote them', async () => {
    const listed = (await rest.get('/pages?limit=1000')).body.pages as { path: string }[];

    expect(listed.map(({ path }) => path).toSorted()).toEqual([...pages, ...begun].toSorted());
    expect(made.report).toMatchObject({ pages: pages.length + begun.length, commits: history.length + 1 });
    expect(made.accounts).toEqual({
      added: people.map(({ username }) => username).filter((username) => username !== 'tam'),
      taken: ['tam'],
    });
  });

  it('has its history in order, with people, agents and doors, and blames nobody of the same name', async () => {
    const nameOf = new Map(people.map(({ username, displayName }) => [username, displayName]));
    const told = history.map(({ who, agent = null, door, message }) => {
      const account = who === 'tam' ? null : who;
      const by = { username: door === 'git' ? null : account, pushed_by: door === 'git' ? account : null };
      return { author: nameOf.get(who), ...by, agent, door, message };
    });
    const [begin, ...entries] = await changelog();
    const dates = entries.map(({ date }) => Date.parse(date as string));

    expect(begin).toMatchObject({ message: 'Begin the wiki' });
    expect(
      entries.map(({ author, username, pushed_by, agent, door, message }) => {
        return { author, username, pushed_by, agent, door, message };
      }),
    ).toEqual(told);
    expect(dates).toEqual(dates.toSorted((one, other) => one - other));
    expect(Date.now() - (dates[0] ?? 0)).toBeGreaterThan(365 * 86_400_000);
  });

  it('has every page as it lies in the folder, and at first as it was before it was changed', async () => {
    const [{ page, change }] = history.filter((step) => step.change.replace !== undefined) as [Told];
    const [[before, after] = ['', '']] = change.replace ?? [];
    const { body } = await rest.get(`/pages/${encodeURIComponent(page)}`);
    const versions = (await rest.get(`/pages/${encodeURIComponent(page)}/history`)).body.history;
    const first = await rest.get(`/pages/${encodeURIComponent(page)}?revision=${versions.at(-1)?.revision as string}`);

    expect(body.content).toBe(readFileSync(join(demo, 'pages', `${page}.md`), 'utf8'));
    expect(first.body.content).toContain(before);
    expect(first.body.content).not.toContain(after);
  });

  it('is read by anybody', async () => {
    const page = await new WebClient(server.url).open('/@olga/shore/Tides');
    const links = page.all('a').map((link) => attributeOf(link, 'href'));

    expect(page.status).toBe(200);
    expect(page.all('h1').map(textOf)).toEqual(['Tides']);
    expect(links).toContain('/@olga/shore/Tides/Spring%20and%20neap%20tides');
  });

  it('is made once', async () => {
    const again = await line.run(['--json', 'demo', '--owner', 'olga']);
    const nobody = await line.run(['--json', 'demo', '--owner', 'nobody-here']);

    expect([again.code, nobody.code]).toEqual([3, 3]);
    expect(JSON.parse(again.stderr)).toMatchObject({ error: { code: 'slug-taken' } });
    expect(JSON.parse(nobody.stderr)).toMatchObject({ error: { code: 'user-not-found' } });
  });
});
