import type { Access, Actor } from '@lib/acl';
import type { MoveRecord, Person } from '@lib/git';

const longestLabel = 200;

type Named = Pick<Actor, 'username' | 'displayName'>;

/** Who a commit is by: never the real e-mail address, which everyone who clones would see. */
export function authorOf({ username, displayName }: Named, mailDomain: string): Person {
  if (username === null) return committerOf(mailDomain);
  const name = displayName?.trim() ? displayName : username;
  return { name, email: `${username}@users.noreply.${mailDomain}` };
}

/** Who writes commits for people. */
export const committerOf = (mailDomain: string): Person => ({ name: 'wikibot', email: `wikibot@${mailDomain}` });

/** What the record of a move says: unlike a commit, nobody can write it but us. */
export function recordOf({ actor }: Access): MoveRecord {
  return { actor: actor.userId ?? '', door: actor.door, agent: agentOf(actor) };
}

/** The label of the token that acts for a person, on one line: records and trailers are read line by line. */
export function agentOf({ token }: Actor): string | null {
  const label = token?.label
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longestLabel);
  return label === undefined || label === '' ? null : label;
}
