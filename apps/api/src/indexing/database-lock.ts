import type { DataSource } from 'typeorm';

/**
 * Does some work while no other process does work of the same name; false when one is at it. The lock goes with its
 * connection: whoever dies holds nobody up.
 */
export async function alone(database: DataSource, name: string, work: () => Promise<void>): Promise<boolean> {
  const connection = database.createQueryRunner();
  const lock = 'hashtextextended($1::text, 0)';
  try {
    const [row] = (await connection.query(`SELECT pg_try_advisory_lock(${lock}) AS held`, [name])) as {
      held: boolean;
    }[];
    if (row?.held !== true) return false;
    try {
      await work();
    } finally {
      await connection.query(`SELECT pg_advisory_unlock(${lock})`, [name]);
    }
    return true;
  } finally {
    await connection.release();
  }
}
