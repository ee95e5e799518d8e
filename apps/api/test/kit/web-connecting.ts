import { execFileSync } from 'node:child_process';
import { startApp } from './app.js';
import { attributeOf, textOf, WebClient, type WebPage } from './web-client.js';

export const password = 'correct horse battery';

/** Somebody with a browser in which they are signed in. */
export async function aSignedIn(app: Awaited<ReturnType<typeof startApp>>, username: string): Promise<WebClient> {
  await app.rooms.people.create({ username, password });
  const browser = new WebClient(app.url);
  await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', { login: username, password });
  return browser;
}

/**
 * The wikis of alice, private `notes` and public `open`, made in a browser; bob, who reads `notes`, carol, who writes it,
 * dora, who has no role, and a stranger.
 */
export async function wikisInABrowser() {
  const app = await startApp();
  const [alice, bob] = [await aSignedIn(app, 'alice'), await aSignedIn(app, 'bob')];
  const [carol, dora] = [await aSignedIn(app, 'carol'), await aSignedIn(app, 'dora')];
  const make = async (fields: Record<string, string>) => alice.submit(await alice.open('/new'), '/new', fields);
  await make({ slug: 'notes', name: 'Notes' });
  await make({ slug: 'open', name: 'Open', visibility: 'public' });
  const { acl, actors, members, tokens } = app.rooms;
  const as = (username: string) => actors.byUsername(username, 'cli');
  const owner = await acl.require('members.manage', await as('alice'), { owner: 'alice', slug: 'notes' });
  await members.set(owner, 'bob', 'viewer');
  await members.set(owner, 'carol', 'editor');
  return {
    ...{ app, alice, bob, carol, dora, stranger: new WebClient(app.url), make },
    tokensOf: async (username: string) => tokens.list(acl.requireAccount('tokens.manage', await as(username))),
  };
}

/** A page about a wiki of alice as a whole. */
export const manage = (slug: string, part: string): string => `/wikis/alice/${slug}/${part}`;

export const send = (who: WebClient, path: string, fields: Record<string, string>): Promise<WebPage> =>
  who.post(path, new URLSearchParams(fields));

export const pathOf = (page: WebPage): string => new URL(page.url).pathname;

/** What is to be copied under a name. */
export const codeIn = (page: WebPage, name: string): string | undefined =>
  page
    .all('pre')
    .filter((one) => attributeOf(one, 'data-name') === name)
    .map(textOf)[0];

/** What is said of the fields that were refused, by their names. */
export const faultsIn = (page: WebPage): Record<string, string> =>
  Object.fromEntries(
    [...page.all('input'), ...page.all('textarea')]
      .filter((field) => attributeOf(field, 'aria-invalid') === 'true')
      .map((field) => {
        const fault = page.all('p').find((one) => attributeOf(one, 'id') === `${attributeOf(field, 'id')}-fault`);
        return [attributeOf(field, 'name'), textOf(fault)];
      }),
  );

/** The token that a page shows. */
export const secretIn = (page: WebPage): string | undefined => /wbt_[\w-]{20,}/.exec(page.text)?.[0];

export const hrefsIn = (page: WebPage): (string | null)[] => page.all('a').map((link) => attributeOf(link, 'href'));

/** What a form of the page carries. */
export const formTokenIn = (page: WebPage): string =>
  page
    .all('input')
    .filter((one) => attributeOf(one, 'name') === 'form_token')
    .map((one) => attributeOf(one, 'value') ?? '')[0] ?? '';

/** The words that a shell makes of a command, which is not run. */
export const wordsOf = (command = ''): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
