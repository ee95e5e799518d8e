import { AclError, type Faults } from './acl-errors.js';
import { parseEmail } from './email.js';
import { parsePersonName, parseUsername } from './names.js';
import { parsePassword } from './passwords.js';
import { type Queryable, rowOf } from './rows.js';

/** What somebody fills in who wants an account. */
export interface SignUpFields {
  username: string;
  /** Blank: the username. */
  displayName: string;
  email: string;
  password: string;
}

/** The same as it will be written down. */
interface SignUpValues {
  username: string;
  displayName: string;
  email: string | null;
}

interface Looked {
  values: SignUpValues;
  faults: Faults;
}

// A name that somebody gave back is kept from others for a year.
const taken = `
  SELECT 1 FROM names WHERE name = $1 AND (released_at IS NULL OR released_at >= now() - interval '12 months')`;

/** Looks at every field, so that a form tells all that is wrong with it at once. */
export async function lookAt(
  database: Queryable,
  { username, displayName, email, password }: SignUpFields,
  { needsEmail }: { needsEmail: boolean },
): Promise<Looked> {
  const faults: Faults = {};
  const values = {
    username: attempt(faults, 'username', username, parseUsername),
    displayName: attempt(faults, 'displayName', displayName.trim() === '' ? username : displayName, parsePersonName),
    email: email.trim() === '' && !needsEmail ? null : attempt(faults, 'email', email, parseEmail),
  };
  attempt(faults, 'password', password, parsePassword);
  // A name that cannot be a username is nobody's, and its own fault is enough to be told of.
  if (displayName.trim() === '' && faults.username !== undefined) delete faults.displayName;
  if (faults.username === undefined && (await rowOf(database, taken, [values.username])) !== null)
    faults.username = 'taken';
  return { values, faults };
}

function attempt<T extends string>(
  faults: Faults,
  field: keyof Faults,
  value: string,
  parse: (value: string) => T,
): T | string {
  try {
    return parse(value);
  } catch (error) {
    if (!(error instanceof AclError)) throw error;
    faults[field] = typeof error.extra['rule'] === 'string' ? error.extra['rule'] : 'length';
    return value;
  }
}
