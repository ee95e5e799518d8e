import type { DataSource } from 'typeorm';
import type { Changes } from './changes.js';
import type { Plans } from './plans.js';

/** What the parts of Wikis share. */
export interface WikiTables {
  database: DataSource;
  plans: Plans;
  changes: Changes;
  now: () => Date;
}
