// `localhost` has two addresses, and when neither answers the error has the code but no message.
const unreachable = /^(?:ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/;
// Wrong user or password, and no such database: https://www.postgresql.org/docs/current/errcodes-appendix.html
const turnedAway = /^(?:28...|3D000)$/;

/** What an operator can do about a database that does not let wikibot in; null for any other error. */
export function connectionTrouble(error: unknown): { detail: string; hint: string } | null {
  const { code, message } = (error instanceof Error ? error : {}) as { code?: unknown; message?: string };
  if (typeof code !== 'string') return null;
  const hint = 'Look at DATABASE_URL, and whether PostgreSQL is running there.';
  if (unreachable.test(code)) return { detail: `The database cannot be reached (${code}).`, hint };
  if (turnedAway.test(code)) return { detail: `The database does not let wikibot in: ${message}.`, hint };
  return null;
}
