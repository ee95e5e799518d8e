import { AclError } from './acl-errors.js';

const meanings: Record<string, () => AclError> = {
  names_pkey: () => nameTaken(),
  users_username_key: () => nameTaken(),
  names_one_slug_per_wiki: () => new AclError('name-taken', 'This wiki just got another custom slug.'),
  identities_pkey: () => new AclError('name-taken', 'There is an account with that sign-in.'),
  wikis_owner_slug: () => slugTaken(),
  passkeys_pkey: () => new AclError('passkey-not-valid', 'That passkey is in use already.'),
  users_local_email: () => new AclError('name-taken', 'There is an account with that e-mail address.'),
};

/** One sentence for usernames and custom slugs, in use and kept back alike: they are one namespace. */
export const nameTaken = (name?: string): AclError =>
  new AclError('name-taken', 'That name is taken. Choose another one.', name === undefined ? {} : { name });

/** A deleted wiki holds its slug too, as long as it can be restored. */
export const slugTaken = (slug?: string): AclError => {
  const message = 'There is a wiki of yours under that slug, or a deleted one that can still be restored.';
  return new AclError('slug-taken', message, slug === undefined ? {} : { slug });
};

/** Runs `work`, and says what a broken uniqueness means: whoever comes second in a race learns what the loser of any other does. */
export async function inOurWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const meaning = meanings[brokenUniqueness(error) ?? ''];
    throw meaning === undefined ? error : meaning();
  }
}

function brokenUniqueness(error: unknown): string | null {
  const cause = (error as { driverError?: unknown } | null)?.driverError ?? error;
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : null;
}
