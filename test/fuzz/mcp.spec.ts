import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../../apps/api/test/kit/a-wiki.js';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { faultsOf } from '../../apps/api/test/kit/json-schema.js';
import { postMcp } from '../../apps/api/test/kit/mcp-client.js';
import { problems } from '../../apps/api/src/http/problems.js';
import { asSent } from './kit/bodies.js';
import { expectNothingOfOurs, longestMs } from './kit/expected.js';
import { hostileText, hostileValue } from './kit/hostile.js';
import { wordsOf } from './kit/known-words.js';
import { type Known, type Schema, valueOf } from './kit/schema-values.js';
import { rounds, seed, timeoutMs } from './kit/seed.js';
import { expectWhole } from './kit/wiki-stays-whole.js';

interface Fault {
  code: number;
  message: string;
}

interface Tool {
  name: string;
  inputSchema: Schema;
  outputSchema: Schema;
}

describe(`MCP, given what its lists say and what nobody should send (SEED=${seed} ROUNDS=${rounds})`, () => {
  let app: TestApp;
  let kit: WikiKit;
  let words: Known;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    kit = await aWiki(app, 'alice', 'notes');
    words = await wordsOf(kit);
  });
  afterAll(() => app?.stop());

  const given = () => ({
    components: {},
    known: (name: string) => (name === 'wiki' ? fc.constantFrom('alice/notes', 'alice/absent', '') : words(name)),
  });

  async function toolsOf(url: string): Promise<Tool[]> {
    const { body } = await post(url, { jsonrpc: '2.0', id: 1, method: 'tools/list' });
    return (body.result as { tools: Tool[] }).tools;
  }

  const post = (url: string, message: unknown) => postMcp(url, message, { authorization: `Bearer ${kit.token}` });

  async function expectGood(url: string, sent: string, tool?: Tool) {
    const started = performance.now();
    const { status, body, text } = await post(url, sent);
    expect(performance.now() - started, `${sent.slice(0, 500)} took too long`).toBeLessThan(longestMs);
    expectNothingOfOurs(text, sent);
    expect(status, `${sent} ${text}`).toBeLessThan(500);
    expectNoFault(body.error as Fault | undefined, `${sent} ${text}`);
    if (tool !== undefined && body.result !== undefined) expectResult(tool, body.result as Record<string, unknown>);
  }

  /** -32603 is a fault of the server; the SDK says the same of parameters that its own schema does not take. */
  function expectNoFault(error: Fault | undefined, where: string) {
    const isOfSchema = error?.message.startsWith('[\n  {\n') === true;
    if (!isOfSchema) expect(error?.code, where).not.toBe(-32603);
  }

  function expectResult(tool: Tool, { isError, structuredContent, _meta: meta }: Record<string, unknown>) {
    if (isError !== true) {
      expect(faultsOf(structuredContent, tool.outputSchema, {}), tool.name).toEqual([]);
      return;
    }
    const problem = (meta as Record<string, { code: string; status: number }> | undefined)?.['wikibot/problem'];
    // What the SDK refuses by the listed schema has no problem of ours.
    if (problem === undefined) return;
    expect(Object.keys(problems), tool.name).toContain(problem.code);
    expect(problem.status, `${tool.name} ${JSON.stringify(problem)}`).toBeLessThan(500);
  }

  it.each(['/@alice/notes/mcp', '/mcp'])(
    'every tool at %s answers by its schema, or refuses with a known problem',
    async (path) => {
      for (const [at, tool] of (await toolsOf(app.url + path)).entries()) {
        const calls = asSent(
          valueOf(tool.inputSchema, given()).map((args) => ({
            ...{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool.name, arguments: args } },
          })),
        );
        const property = fc.asyncProperty(calls, (sent) => expectGood(app.url + path, sent, tool));
        await fc.assert(property, { seed: seed + at, numRuns: rounds });
      }
    },
    timeoutMs * 2,
  );

  it(
    'every other message is answered or refused',
    async () => {
      const methods = ['resources/read', 'resources/list', 'prompts/get', 'completion/complete', 'initialize'];
      const field = fc.oneof(hostileValue, hostileText);
      const params = fc.oneof(
        fc.record({ uri: hostileText.map((text) => `wiki://alice/notes/${text}`), cursor: field, name: field }),
        fc.record({
          ref: fc.constantFrom({ type: 'ref/resource', uri: 'wiki://{owner}/{wiki}/{+path}' }, { type: 'ref/x' }),
          argument: fc.record({ name: fc.constantFrom('path', 'owner', 'wiki'), value: field }),
          context: fc.constantFrom<unknown>(undefined, { arguments: { owner: 'alice', wiki: 'notes' } }),
        }),
        fc.record({
          name: fc.constantFrom('garden', 'start_session'),
          arguments: fc.record({ focus: field, prefix: field }),
        }),
        hostileValue,
      );
      const messages = asSent(
        fc.record({
          jsonrpc: fc.constantFrom<unknown>('2.0', '2.0', '2.0', '1.0', 2),
          id: fc.oneof(fc.integer(), hostileValue),
          method: fc.oneof(fc.constantFrom(...methods), hostileText),
          params,
        }),
      );
      for (const path of ['/@alice/notes/mcp', '/mcp']) {
        const property = fc.asyncProperty(messages, (sent) => expectGood(app.url + path, sent));
        await fc.assert(property, { seed, numRuns: rounds * 8 });
      }
    },
    timeoutMs,
  );

  it('leaves repositories without a fault and a catalogue that a rebuild does not change', () => expectWhole(app));
});
