/** The DataSource, or the EntityManager of a transaction. */
export interface Queryable {
  query<T = unknown>(sql: string, parameters?: unknown[]): Promise<T>;
}

/** The rows of a statement, which typeorm hands over in one form for SELECT and INSERT and another for the rest. */
export async function rowsOf<T>(database: Queryable, sql: string, parameters: unknown[] = []): Promise<T[]> {
  const answer = await database.query<T[] | [T[], number]>(sql, parameters);
  const [rows, count] = answer;
  return Array.isArray(rows) && typeof count === 'number' ? rows : (answer as T[]);
}

/** The first row of a statement, or null. */
export async function rowOf<T>(database: Queryable, sql: string, parameters: unknown[] = []): Promise<T | null> {
  return (await rowsOf<T>(database, sql, parameters))[0] ?? null;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether PostgreSQL takes a text as a uuid in our spelling; anything else would be an error instead of no row. */
export const isUuid = (text: string): boolean => uuid.test(text);
