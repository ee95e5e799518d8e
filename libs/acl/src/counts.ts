import { type Queryable, rowsOf } from './rows.js';

/** Something that is counted, and how often it may be in the time it is counted for. */
export interface Counter {
  key: string;
  most: number;
}

const count = `
  INSERT INTO sign_in_failures AS f (key, failures, until)
  SELECT key, 1, now() + make_interval(mins => $2) FROM unnest($1::text[]) key ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN f.until <= now() THEN 1 ELSE f.failures + 1 END,
    until = CASE WHEN f.until <= now() THEN excluded.until ELSE f.until END
  RETURNING key, failures, ceil(extract(epoch FROM until - now()))::int AS seconds`;

/**
 * Counts each of these once more, in the database, since there may be many servers. Says of each that was counted too
 * often how many seconds it stays so.
 */
export async function countUp(
  database: Queryable,
  counters: readonly Counter[],
  minutes: number,
): Promise<Map<string, number>> {
  await rowsOf(database, `DELETE FROM sign_in_failures WHERE until < now() - interval '1 hour'`);
  const rows = await rowsOf<{ key: string; failures: number; seconds: number }>(database, count, [
    counters.map(({ key }) => key),
    minutes,
  ]);
  const most = new Map(counters.map((counter) => [counter.key, counter.most]));
  const full = rows.filter((row) => row.failures > (most.get(row.key) ?? 0));
  return new Map(full.map(({ key, seconds }) => [key, Math.max(seconds, 1)]));
}

/** An address, or the network of one that is handed out by networks: a home has many of them. */
export function network(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}
