import type { WikiId, WikiRef } from '@lib/acl';
import type { ImportOptions, ImportReport, ImportStep } from '@lib/wiki';
import { Addresses } from '../http/addresses.js';
import type { Rooms } from '../rooms/rooms.js';
import { openingOf } from '../wikis/opening-of.js';
import { type DemoContent, type DemoPerson, readDemo } from './demo-content.js';
import { demoSteps } from './demo-steps.js';

/** Makes the demo wiki for an owner, and the accounts of those who write in it; refused where there is one already. */
export async function makeDemo(
  rooms: Rooms,
  owner: string,
  { onProgress, onBegun }: Pick<ImportOptions, 'onProgress'> & { onBegun?: (wiki: WikiId) => Promise<void> } = {},
) {
  const { acl, actors, catalogue, wikiImport } = rooms;
  const content = readDemo();
  const { slug, name, purpose, linkOrder, categories } = content;
  const access = acl.requireAccount('wiki.create', await actors.byUsername(owner, 'cli'));
  const wanted = { slug, name, purpose, categories, link_order: linkOrder, visibility: 'public' as const };
  const told: { report: ImportReport | null; people: Accounts } = { report: null, people: noAccounts() };
  const made = await openingOf(rooms).openWith(access, wanted, async (write) => {
    await onBegun?.(write.wiki.id);
    told.people = await accountsOf(rooms, content);
    const { authors } = told.people;
    const steps = demoSteps(content, (username) => authors.get(username) ?? nobody(username));
    told.report = await wikiImport.into(
      write,
      { kind: 'steps', steps },
      { linkOrder, ...(onProgress && { onProgress }) },
    );
  });
  const wiki = await giveRoles(rooms, { owner, slug }, content.people, told.people);
  await catalogue.catchUp(made.wiki.id);
  const address = new Addresses(rooms.config).wiki(wiki);
  const { added, taken } = told.people;
  return { made, address, report: told.report, accounts: { added, taken } };
}

interface Accounts {
  authors: Map<string, ImportStep['author']>;
  /** Usernames of accounts that were made now. */
  added: string[];
  /** Usernames that somebody else has. */
  taken: string[];
}

/** Accounts nobody can sign in to: they have no password, no e-mail address and no token. */
async function accountsOf({ people }: Rooms, content: DemoContent): Promise<Accounts> {
  const accounts = noAccounts();
  for (const { username, displayName } of content.people) {
    const known = await people.find(username);
    const isOther = known !== null && (known.displayName !== displayName || known.hasPassword || known.email !== null);
    if (isOther) {
      // A person of the same name has not written this.
      accounts.taken.push(username);
      accounts.authors.set(username, nobody(displayName));
      continue;
    }
    const { id } = known ?? (await people.create({ username, displayName }));
    if (known === null) accounts.added.push(username);
    accounts.authors.set(username, { userId: id, username, displayName });
  }
  return accounts;
}

async function giveRoles(
  { acl, actors, members }: Rooms,
  wiki: { owner: string; slug: string },
  everyone: readonly DemoPerson[],
  { taken }: Accounts,
): Promise<WikiRef> {
  const access = await acl.require('members.manage', await actors.byUsername(wiki.owner, 'cli'), wiki);
  for (const { username, role } of everyone) {
    if (username === wiki.owner || taken.includes(username)) continue;
    // A wiki has one owner.
    await members.set(access, username, role === 'viewer' ? 'viewer' : 'editor');
  }
  return access.wiki;
}

const noAccounts = (): Accounts => ({ authors: new Map(), added: [], taken: [] });

const nobody = (displayName: string): ImportStep['author'] => ({ userId: null, username: null, displayName });
