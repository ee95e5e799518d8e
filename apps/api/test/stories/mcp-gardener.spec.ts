import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { clientKinds, connect, type McpSession } from '../kit/mcp-client.js';

interface Listed {
  name: string;
  description?: string;
  inputSchema: { properties?: Record<string, unknown>; required?: string[] };
  outputSchema?: { properties?: Record<string, unknown> };
}

/** Chooses tools by what the list says of them alone. */
class Newcomer {
  private constructor(
    private readonly session: McpSession,
    private readonly tools: Listed[],
  ) {}

  static async enter(session: McpSession): Promise<Newcomer> {
    const { tools } = await session.client.listTools();
    return new Newcomer(session, tools as Listed[]);
  }

  use(wanted: { takes?: string[]; gives: string[]; said?: RegExp }, args: Record<string, unknown>) {
    const { takes = [], gives, said = /./ } = wanted;
    const fits = ({ description = '', inputSchema, outputSchema }: Listed) =>
      takes.every((name) => inputSchema.properties?.[name] !== undefined) &&
      gives.every((name) => outputSchema?.properties?.[name] !== undefined) &&
      (inputSchema.required ?? []).every((name) => name in args) &&
      said.test(description);
    const tool = this.tools.find(fits);
    expect(tool, JSON.stringify(wanted)).toBeDefined();
    return this.session.does(tool?.name ?? '', args);
  }
}

describe('an agent that knows nothing but the list of tools', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let wiki: WikiKit;

  beforeAll(async () => {
    app = await startApp();
    wiki = await aWiki(app, 'alice', 'garden', { purpose: 'What grows' });
  });
  afterAll(() => app?.stop());

  it.each(clientKinds)('finds, writes, edits, links and gardens (%s)', async (kind) => {
    const session = await connect(`${app.url}/@alice/garden/mcp`, wiki.mcpToken, kind);
    const agent = await Newcomer.enter(session);
    const [plum, pear] = [`Trees/Plum ${kind}`, `Trees/Pear ${kind}`];

    const instructions = session.client.getInstructions() ?? '';
    const home = await agent.use({ takes: ['path', 'section'], gives: ['content', 'revision'] }, { path: 'Home' });
    const content = '---\ncategory: reference\ntags: [fruit]\n---\n\n# Plum\n\nA stone fruit.\n';
    const made = await agent.use({ takes: ['content'], gives: ['created'] }, { path: plum, content });
    await agent.use(
      { takes: ['content'], gives: ['created'] },
      { path: pear, content: `# Pear\n\nNot a plum ${kind}.\n` },
    );
    const before = await agent.use({ gives: ['orphans', 'broken_links'] }, {});
    const edit = {
      path: plum,
      revision: made.data.revision,
      old_string: 'A stone fruit.',
      new_string: `Unlike [[${pear}]].`,
    };
    await agent.use({ takes: ['old_string'], gives: ['revision'] }, edit);
    const links = await agent.use({ gives: ['linked_from'], said: /link to it/ }, { path: pear });
    const found = await agent.use({ takes: ['query'], gives: ['results'] }, { query: 'stone OR plum' });
    const listed = await agent.use({ takes: ['tag'], gives: ['notes'] }, { tag: 'fruit', prefix: plum });
    const changes = await agent.use({ gives: ['changes'] }, { limit: 5 });
    const after = await agent.use({ gives: ['orphans', 'broken_links'] }, {});

    expect(instructions).toContain('What grows');
    expect(home.data.content).not.toBe('');
    expect(before.data.orphans).toEqual(expect.arrayContaining([plum, pear]));
    expect(links.data.linked_from).toEqual([plum]);
    expect(found.data.results.length).toBeGreaterThan(0);
    expect(listed.data.notes.map((note: { path: string }) => note.path)).toEqual([plum]);
    expect(changes.data.changes[0]).toMatchObject({ author: 'alice', door: 'mcp', pages: [plum] });
    expect(changes.data.changes[0].agent).toBeTruthy();
    expect(after.data.orphans).toContain(plum);
    expect(after.data.orphans).not.toContain(pear);
    await session.close();
  });

  it('the usage guide names exactly the tools that are served', async () => {
    const session = await connect(`${app.url}/@alice/garden/mcp`, wiki.mcpToken);

    const { tools } = await session.client.listTools();
    const guide = await session.does('read_note', { path: 'Meta/Wiki Usage Guide' });

    const named = [...new Set(guide.text.match(/`[a-z]+_[a-z_]+`/g) ?? [])].map((name) => name.slice(1, -1));
    const served = tools.map(({ name }) => name);
    expect(served.filter((name) => !named.includes(name))).toEqual([]);
    const looksLikeTools = named.filter((name) =>
      /^(?:read|write|edit|list|get|rename|delete|find|upload|download|restore|batch|garden|search|semantic)_/.test(
        name,
      ),
    );
    expect(looksLikeTools.filter((name) => !served.includes(name))).toEqual([]);
    await session.close();
  });
});
