import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestRepository } from '../../src/testing/a-repository.js';

const program = fileURLToPath(new URL('./writer.mjs', import.meta.url));
const flags = ['--disable-warning=ExperimentalWarning', '--experimental-transform-types'];

export interface Writer {
  process: ChildProcess;
  /** Lines of the edits that were acknowledged so far. */
  acked: string[];
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

/** Starts a process that edits `shared.md`. */
export function startWriter(repo: TestRepository, name: string, writers: number, edits: number): Writer {
  const args = [...flags, program, repo.root, repo.repository.id, name, `${writers}`, `${edits}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acked: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => acked.push(line));
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { process: child, acked, ended };
}

/** The lines of the shared page as they are now, and the messages of its history, newest first. */
export async function sharedPage(repo: TestRepository): Promise<{ lines: string[]; messages: string[] }> {
  const lines = repo.git('show', 'main:shared.md').trim().split('\n');
  const messages = repo.git('log', '--format=%s', 'main', '--', 'shared.md').trim().split('\n');
  return { lines, messages };
}
