import type { Command } from 'commander';
import { type Config, ConfigError, readConfig } from '../config.js';
import { problemOf } from '../http/problems.js';
import { openLog } from '../log.js';
import { servedTools } from '../mcp/served-tools.js';
import { openRooms, type Rooms } from '../rooms/rooms.js';
import { connectionTrouble } from './connection-trouble.js';

/** What a command says at its end: lines for people, and the same as data. */
export interface Said {
  lines: string[];
  data: unknown;
  /** 0 unless said otherwise: 4 tells that a check found something. */
  exitCode?: number;
}

/** Exit codes: 0 done, 1 our fault, 2 used wrongly, 3 refused, 4 a check found something. */
const exitCodes = { ours: 1, misused: 2, refused: 3 } as const;

/** Runs one command with the rooms open, says what it has to say, and closes them again. */
export const session = (command: Command, work: (rooms: Rooms) => Promise<Said>): Promise<void> =>
  speak(command, () => withRooms(readConfig(), work));

/** Runs one command that opens for itself what it needs, and says what it has to say. */
export async function speak(command: Command, work: () => Promise<Said>): Promise<void> {
  const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
  try {
    const said = await work();
    process.stdout.write(`${json ? JSON.stringify(said.data, null, 2) : said.lines.join('\n')}\n`);
    process.exitCode = said.exitCode ?? 0;
  } catch (error) {
    fail(error, json);
  }
}

/** Opens the rooms for one piece of work, and closes them after it. */
export async function withRooms<T>(config: Config, work: (rooms: Rooms) => Promise<T>): Promise<T> {
  const log = openLog({ logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel }, 2);
  const rooms = await openRooms(config, { log, tools: () => servedTools.list(), git: 'direct' });
  try {
    return await work(rooms);
  } finally {
    await rooms.close();
  }
}

/** Says what went wrong, as text or as JSON, and leaves with the exit code of its kind. */
export function fail(error: unknown, json: boolean): void {
  if (error instanceof ConfigError)
    return say({ code: 'configuration', detail: error.message }, exitCodes.misused, json);
  if (error instanceof UsageError) return say({ code: 'usage', detail: error.message }, exitCodes.misused, json);
  const trouble = connectionTrouble(error);
  if (trouble !== null) return say({ code: 'not-ready', ...trouble }, exitCodes.ours, json);
  const { code, status, detail, hint } = problemOf(error);
  // 503 tells of the machine, not of a mistake in the program: a stack would say nothing.
  if (status === 503) return say({ code, detail, hint }, exitCodes.ours, json);
  if (status < 500) return say({ code, detail, hint }, exitCodes.refused, json);
  say({ code, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }, exitCodes.ours, json);
}

function say(
  problem: { code: string; detail: string; hint?: string | undefined },
  exitCode: number,
  json: boolean,
): void {
  const text = [problem.detail, ...(problem.hint === undefined ? [] : [problem.hint])].join('\n');
  process.stderr.write(`${json ? JSON.stringify({ error: problem }) : `wikibot: ${text}`}\n`);
  process.exitCode = exitCode;
}

/** The command was called in a way that cannot mean anything. */
export class UsageError extends Error {}

/** `@alice/notes` or `alice/notes`. */
export function parseWiki(text: string): { owner: string; slug: string } {
  const match = /^@?([^/@]+)\/([^/]+)$/.exec(text);
  if (match === null) throw new UsageError(`"${text}" is no wiki; name it as @user/wiki.`);
  return { owner: match[1] ?? '', slug: match[2] ?? '' };
}

/** `@alice` or `alice`. */
export const parseUser = (text: string): string => text.replace(/^@/, '');
