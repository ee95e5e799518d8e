#!/usr/bin/env node
// Runs the built command line; `npm run wikibot -- …` builds it first when needed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/api/apps/api/src/cli/main.js', import.meta.url);
if (!existsSync(fileURLToPath(main))) {
  console.error('wikibot is not built yet. Run `npm start` once, or `npm run wikibot -- <command>`.');
  process.exit(1);
}
await import(main.href);
