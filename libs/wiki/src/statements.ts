import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/** One statement with its parameters. */
export interface Statement {
  sql: string;
  values: unknown[];
}

const names = new Map<string, string>();
const rowsAtOnce = 2_000;

/**
 * Sends statements of a transaction together, without waiting for the answer to one before the next goes out; each
 * sees what those before it did. Answers with the rows of each. The server keeps their plans, so the texts have to be few.
 */
export async function together(manager: EntityManager, statements: readonly Statement[]): Promise<unknown[][]> {
  const client = (await manager.queryRunner?.connect()) as PoolClient | undefined;
  if (client === undefined) throw new Error('Statements are sent together in a transaction only.');
  const { stream } = client.connection;
  // One packet instead of one for each.
  stream.cork();
  const answers = statements.map(async ({ sql, values }) => {
    const { rows } = await client.query<Record<string, unknown>>({ name: nameOf(sql), text: sql, values });
    return rows;
  });
  stream.uncork();
  return Promise.all(answers);
}

/** The rows of one statement outside a transaction, of which the server keeps the plan: to make it takes longer than to run it. */
export async function planned<T>(database: DataSource, { sql, values }: Statement): Promise<T[]> {
  const runner = database.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    const { rows } = await client.query<Record<string, unknown>>({ name: nameOf(sql), text: sql, values });
    return rows as T[];
  } finally {
    await runner.release();
  }
}

/** Runs `work` in a transaction whose first statements go out with its beginning; it is given their answers. */
export async function inTransaction<T>(
  database: DataSource,
  first: readonly Statement[],
  work: (manager: EntityManager, answers: unknown[][]) => Promise<T>,
): Promise<T> {
  const runner = database.createQueryRunner();
  try {
    const [, ...answers] = await together(runner.manager, [{ sql: 'BEGIN', values: [] }, ...first]);
    const result = await work(runner.manager, answers);
    await runner.query('COMMIT');
    return result;
  } catch (error) {
    // On a connection that is gone there is nothing to take back.
    await runner.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await runner.release();
  }
}

/** Inserts many rows by few statements; `columns` are written as in a table's definition. Rows that are there stay. */
export function insertions(table: string, columns: string, rows: readonly object[]): Statement[] {
  const listed = columns
    .split(', ')
    .map((column) => column.split(' ')[0])
    .join(', ');
  const sql = `INSERT INTO ${table} (${listed})
    SELECT ${listed} FROM jsonb_to_recordset($1::jsonb) AS given (${columns}) ON CONFLICT DO NOTHING`;
  const statements: Statement[] = [];
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    statements.push({ sql, values: [JSON.stringify(rows.slice(at, at + rowsAtOnce))] });
  }
  return statements;
}

/** The server knows a prepared statement by its name: the same text has the same name in every process. */
function nameOf(sql: string): string {
  const known = names.get(sql) ?? createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, known);
  return known;
}
