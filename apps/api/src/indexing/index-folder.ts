import { join } from 'node:path';
import type { Config } from '../config.js';

/** Where the vectors of a wiki lie, and what is recorded of its rebuilds. */
export const indexFolder = ({ dataDir }: Pick<Config, 'dataDir'>, wiki: string): string => join(dataDir, 'index', wiki);
