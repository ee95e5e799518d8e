import { AccountsAndWikis1764000000000 } from './accounts-and-wikis.js';

/** The migrations of this room, for the DataSource. */
export const aclMigrations = [AccountsAndWikis1764000000000];
