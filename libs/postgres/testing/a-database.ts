import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { inject } from 'vitest';

interface Wanted {
  entities?: DataSourceOptions['entities'];
  migrations: DataSourceOptions['migrations'];
}

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** The address of a new, empty database of the run's throw-away server, and how to drop it. */
export async function anEmptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** A connected database of its own for a test file, with the given migrations run; `destroy()` drops it. */
export async function aDatabase(wanted: Wanted): Promise<DataSource> {
  const { url, drop } = await anEmptyDatabase();
  const { entities = [], migrations } = wanted;
  const source = new DataSource({
    ...{ type: 'postgres', url, entities, migrations, migrationsRun: true },
    poolSize: 20,
    // As the product opens it.
    extra: { pipeline: true },
  });
  await source.initialize();
  const close = source.destroy.bind(source);
  source.destroy = async () => {
    await close();
    await drop();
  };
  return source;
}
