import { Command } from 'commander';
import { checkCommands } from './check.commands.js';
import { copyCommands } from './copy.commands.js';
import { serveCommand } from './serve.command.js';
import { tokenCommands } from './token.commands.js';
import { userCommands } from './user.commands.js';
import { wikiCommands } from './wiki.commands.js';

const program = new Command('wikibot')
  .description('Wikis that AI agents and people write together.')
  .option('--json', 'answer with one JSON document instead of text')
  .showHelpAfterError()
  .configureHelp({ showGlobalOptions: true })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

for (const add of [serveCommand, userCommands, wikiCommands, tokenCommands, copyCommands, checkCommands]) add(program);

await program.parseAsync();
