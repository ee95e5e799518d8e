import { Command, type CommanderError } from 'commander';
import { checkCommands } from './check.commands.js';
import { copyCommands } from './copy.commands.js';
import { demoCommand } from './demo.command.js';
import { inviteCommands } from './invite.commands.js';
import { serveCommand } from './serve.command.js';
import { fail, UsageError } from './session.js';
import { tokenCommands } from './token.commands.js';
import { userCommands } from './user.commands.js';
import { wikiCommands } from './wiki.commands.js';

const program = new Command('wikibot')
  .description('Wikis that AI agents and people write together.')
  .option('--json', 'answer with one JSON document instead of text')
  .showHelpAfterError()
  .configureHelp({ showGlobalOptions: true })
  // A program that asked for JSON gets one document on standard error: no usage text before it.
  .configureOutput({ writeErr: (text) => void (wantsJson() || process.stderr.write(text)) })
  .exitOverride(leave);

function wantsJson(): boolean {
  return program.opts<{ json?: boolean }>().json === true;
}

function leave({ code, exitCode, message }: CommanderError): never {
  if (exitCode === 0) process.exit(0);
  const detail = code === 'commander.help' ? 'Name a command; --help lists them.' : message.replace(/^error: /, '');
  if (wantsJson()) fail(new UsageError(detail), true);
  process.exit(2);
}

for (const add of [
  serveCommand,
  userCommands,
  inviteCommands,
  wikiCommands,
  tokenCommands,
  copyCommands,
  demoCommand,
  checkCommands,
])
  add(program);

await program.parseAsync();
