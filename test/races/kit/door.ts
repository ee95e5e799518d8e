import { connect } from '../../../apps/api/test/kit/mcp-client.js';
import { RestClient } from '../../../apps/api/test/kit/rest-client.js';

/** What a page held when it was read. */
export interface Read {
  content: string;
  revision: string;
}

/** What became of a change. */
export type Answer = { commit: string; merged: boolean } | 'conflict' | 'busy' | 'unknown';

/** One way in, as a writer uses it; the message of a commit is the mark of the change. */
export interface Door {
  read(page: string): Promise<Read>;
  write(page: string, content: string, mark: string, revision?: string): Promise<Answer>;
  edit(page: string, change: { old: string; fresh: string; revision: string }, mark: string): Promise<Answer>;
  append(page: string, content: string, mark: string): Promise<Answer>;
  close(): Promise<void>;
}

/** Refusals that say: read again, then try again. What changed meanwhile may also be the text to replace. */
const conflicts = ['page-moved-on', 'edit-not-found'];

/** The code of a refusal, `page-moved-on` of `/problems/page-moved-on`. */
const codeOf = (type: unknown): string => String(type).split('/').at(-1) ?? '';

function answerOf(code: string | undefined, told: Record<string, unknown>): Answer {
  if (code === 'busy') return 'busy';
  // Only that nobody waits any more: the change may still happen.
  if (code === 'timed-out') return 'unknown';
  if (code !== undefined && conflicts.includes(code)) return 'conflict';
  if (code !== undefined || typeof told.commit !== 'string') throw new Error(`${code}: ${JSON.stringify(told)}`);
  return { commit: told.commit, merged: told.merged === true };
}

export function restDoor(wikiUrl: string, token: string): Door {
  const rest = new RestClient(wikiUrl, token).under('/api/v1');
  const at = (page: string) => `/pages/${encodeURIComponent(page)}`;
  const asked = async (method: string, path: string, body: object): Promise<Answer> => {
    const { status, body: told } = await rest.call(method, path, { body });
    return answerOf(status < 300 ? undefined : codeOf(told.type), told);
  };
  return {
    read: async (page) => {
      const { status, body } = await rest.get(at(page));
      if (status !== 200) throw new Error(`${page} was not read: ${status} ${JSON.stringify(body)}`);
      return { content: String(body.content), revision: String(body.revision) };
    },
    write: (page, content, mark, revision) => asked('PUT', at(page), { content, revision, commit_message: mark }),
    edit: (page, { old, fresh, revision }, mark) =>
      asked('PATCH', at(page), { old_string: old, new_string: fresh, revision, commit_message: mark }),
    append: (page, content, mark) => asked('POST', `${at(page)}/append`, { content, commit_message: mark }),
    close: async () => {},
  };
}

export async function mcpDoor(wikiUrl: string, token: string): Promise<Door> {
  const agent = await connect(`${wikiUrl}/mcp`, token);
  const asked = async (tool: string, args: Record<string, unknown>): Promise<Answer> => {
    const { isError, problem, data, text } = await agent.call(tool, args);
    return answerOf(isError ? String(problem?.code) : undefined, isError ? { text } : data);
  };
  return {
    read: async (path) => {
      const { data } = await agent.does('read_note', { path });
      return { content: data.content, revision: data.revision };
    },
    write: (path, content, mark, revision) =>
      asked('write_note', { path, content, commit_message: mark, ...(revision !== undefined && { revision }) }),
    edit: (path, { old, fresh, revision }, mark) =>
      asked('edit_note', { path, revision, old_string: old, new_string: fresh, commit_message: mark }),
    append: (path, content, mark) =>
      asked('batch_write', { operations: [{ op: 'append', path, content }], commit_message: mark }),
    close: () => agent.close(),
  };
}
