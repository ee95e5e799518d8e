import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './session.js';

/** A password from standard input when told so, or typed twice without being shown; undefined when nobody is there. */
export async function askPassword(options: { passwordStdin?: boolean }): Promise<string | undefined> {
  if (options.passwordStdin === true) return firstLine();
  if (!process.stdin.isTTY) return undefined;
  const first = await typed('Password: ');
  if (first === '') return undefined;
  if (first !== (await typed('Once more: '))) throw new UsageError('The two passwords differ.');
  return first;
}

async function firstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  if (line === '') throw new UsageError('There is no password on standard input.');
  return line;
}

async function typed(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
