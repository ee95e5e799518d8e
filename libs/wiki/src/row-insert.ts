import type { EntityManager } from 'typeorm';

const atOnce = 2_000;

/** Inserts many rows by few statements; `columns` are written as in a table's definition. Rows that are there stay. */
export async function insertRows(
  manager: EntityManager,
  table: string,
  columns: string,
  rows: readonly object[],
): Promise<void> {
  const names = columns.split(', ').map((column) => column.split(' ')[0]);
  for (let at = 0; at < rows.length; at += atOnce) {
    await manager.query(
      `INSERT INTO ${table} (${names.join(', ')})
       SELECT ${names.join(', ')} FROM jsonb_to_recordset($1::jsonb) AS given (${columns}) ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows.slice(at, at + atOnce))],
    );
  }
}
