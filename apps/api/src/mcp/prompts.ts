import type { Access, Acl } from '@lib/acl';
import { guidePath, WikiError } from '@lib/wiki';
import { completable, type McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { guarded } from './guarded.js';
import { pageUri } from './page-uri.js';
import type { ToolRooms } from './tool-rooms.js';
import { who } from './words.js';

interface Given {
  rooms: ToolRooms;
  acl: Acl;
  access: Access;
}

const recent = 10;
const mostCompletions = 100;

/** What there is to garden, and what is done about it. */
const chores = {
  orphans: 'For each orphan, search for pages it belongs to and link to it from there.',
  'broken links': 'For each broken link, correct the target, or write the page it asks for when you know enough.',
  'ambiguous links': 'For each ambiguous link, write the full path of the page that is meant.',
  'stale pages': 'Read the stale pages, oldest first, and bring up to date what you can verify.',
  'long pages': 'Split pages that are too long by subject, and link the parts.',
  'short pages': 'Extend stubs, or merge them into the page they belong to.',
} as const;

/** Serves the prompts a person picks to begin work. */
export function servePrompts(server: McpServer, given: Given): void {
  const { rooms, acl, access } = given;
  server.registerPrompt(
    'start_session',
    { title: 'Start a session', description: 'Get to know the wiki: its home page and what changed lately' },
    () => guarded(() => startSession(given)),
  );
  const focus = completable(z.string().max(100), (start) =>
    Object.keys(chores).filter((chore) => chore.startsWith(start.toLowerCase())),
  );
  const prefix = completable(z.string().max(1024), (start) =>
    guarded(() => rooms.pages.paths(acl.also(access, 'page.read'), start, mostCompletions)),
  );
  const argsSchema = z.object({
    focus: focus.optional().describe('What to look after; empty: everything'),
    prefix: prefix.optional().describe('Start of the paths to look after'),
  });
  server.registerPrompt(
    'garden',
    {
      title: 'Tend the wiki',
      description: 'Find and mend orphans, broken links, stale and odd pages',
      argsSchema,
    },
    async (asked) => said(gardening(asked)),
  );
}

async function startSession({ rooms, acl, access }: Given) {
  const home = await homePage(rooms, acl.also(access, 'page.read'));
  const { entries } = await rooms.history.changes(acl.also(access, 'history.read'), { limit: recent });
  const lines = entries.map((entry) => `- ${entry.date.toISOString()} | ${who(entry)} | ${entry.pages.join(', ')}`);
  const { name, purpose } = access.wiki;
  const text = [
    `We work on the wiki "${name}".${purpose === null ? '' : ` Its purpose: ${purpose}`}`,
    `Below are its home page and its latest changes. Read "${guidePath}" with read_note for the conventions,`,
    'then the pages that matter for what I ask. Search before you write, and link what you write.',
    ...['', 'Latest changes:', ...lines],
  ].join('\n');
  const resource = { uri: pageUri(access.wiki, 'Home'), mimeType: 'text/markdown', text: home };
  return {
    messages: [...said(text).messages, { role: 'user' as const, content: { type: 'resource' as const, resource } }],
  };
}

async function homePage({ pages }: ToolRooms, access: Access<'page.read'>): Promise<string> {
  try {
    return (await pages.read(access, { path: 'Home' })).content;
  } catch (error) {
    if (error instanceof WikiError) return 'This wiki has no page called Home.';
    throw error;
  }
}

function gardening({ focus = '', prefix = '' }: { focus?: string; prefix?: string }): string {
  const chosen = Object.entries(chores).filter(([chore]) => focus === '' || chore === focus.toLowerCase());
  const tasks = chosen.length === 0 ? [`Look after this: ${focus}`] : chosen.map(([, task]) => `- ${task}`);
  const only = prefix === '' ? '' : ` Keep to pages whose path begins with "${prefix}".`;
  return [
    `Tend the wiki: call garden_report, then mend what it lists.${only}`,
    ...tasks,
    'Make small edits with clear commit messages, delete nothing without asking, and report what you did and what is left.',
  ].join('\n');
}

const said = (text: string) => ({ messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] });
