import type { Command } from 'commander';

/** `wikibot serve`: the same as `npm start`. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('start the server, as npm start does')
    .action(async () => {
      await import('../main.js');
    });
}
