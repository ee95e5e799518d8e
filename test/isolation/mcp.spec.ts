import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { makeAskers, type Asker } from './kit/actors.js';
import { type Answer, Inquirer, told } from './kit/answers.js';
import { forEach } from './kit/at-once.js';
import { expectNothingTold, outcomeOf, sees } from './kit/grants.js';
import { type Message, messagesOf } from './kit/mcp-calls.js';
import { absentOwner, canariesIn, owner, slugs, type WikiName, wikiNames } from './kit/tenants.js';
import { askersOf, hiddenOf } from './kit/turns.js';

type Endpoint = 'of the wiki' | 'of the account';

describe('every MCP message, for everyone, about every kind of wiki', () => {
  let app: TestApp;
  let inquirer: Inquirer;
  let askers: Asker[];
  const messages = {} as Record<Endpoint, Message[]>;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    askers = await makeAskers(app);
    const token = askers.at(-1)?.token ?? '';
    messages['of the wiki'] = await messagesOf(`${app.url}/@${owner}/${slugs.shared}/mcp`, token);
    messages['of the account'] = await messagesOf(`${app.url}/mcp`, token);
    inquirer = new Inquirer(app);
  });
  afterAll(async () => {
    inquirer?.stop();
    await app?.stop();
  });

  async function ask(asker: Asker, endpoint: Endpoint, message: Message, wiki: WikiName, who = owner) {
    const path = endpoint === 'of the wiki' ? `/@${who}/${slugs[wiki]}/mcp` : '/mcp';
    const answer = await inquirer.ask({
      ...{ method: 'POST', path, token: asker.token },
      headers: { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' },
      body: { jsonrpc: '2.0', id: 7, method: message.method, params: message.params(slugs[wiki], who) },
    });
    expectNothingTold(answer, asker, `${endpoint} ${message.name} ${wiki}`);
    return answer;
  }

  it('knows more than twenty tools, the prompts, the pages and what completes them', () => {
    expect(messages['of the wiki'].length).toBeGreaterThan(30);
    expect(messages['of the account'].length).toBeGreaterThan(28);
  });

  it.each(['of the wiki', 'of the account'] as const)('tells hidden from missing to nobody (%s)', async (endpoint) => {
    await forEach(messages[endpoint], async (message, turn) => {
      for (const asker of askersOf(turn, askers)) {
        const absent = told(await ask(asker, endpoint, message, 'absent'));
        const where = `${asker.name} ${endpoint} ${message.name}`;
        for (const wiki of hiddenOf(turn, asker)) {
          expect(told(await ask(asker, endpoint, message, wiki)), `${where} ${wiki}`).toEqual(absent);
        }
        if (!asker.isPlain) continue;
        expect(told(await ask(asker, endpoint, message, 'absent', absentOwner)), where).toEqual(absent);
      }
    });
  });

  it.each(['of the wiki', 'of the account'] as const)('lets in who may, and nobody else (%s)', async (endpoint) => {
    for (const asker of askers.filter(({ token }) => endpoint === 'of the wiki' || token !== null)) {
      const seen = wikiNames.filter((wiki) => sees(asker, wiki));
      await forEach(
        messages[endpoint].filter(({ name }) => /^(tool|resource$)/.test(name)),
        async (message, turn) => {
          if (message.name === 'tool list_wikis' || !askersOf(turn, askers).includes(asker)) return;
          for (const wiki of seen) expectOutcome(await ask(asker, endpoint, message, wiki), asker, wiki, message);
        },
      );
    }
  });

  /** The door itself takes the right to read, so whoever lacks that hears of nothing else. */
  function expectOutcome(answer: Answer, asker: Asker, wiki: WikiName, message: Message) {
    const door = outcomeOf(asker, wiki, 'mcp.use');
    const outcome = door === 'granted' ? outcomeOf(asker, wiki, message.needs) : door;
    const where = `${asker.name} ${message.name} ${wiki} ${answer.text}`;
    const code = answer.code ?? /"wikibot\/problem":\{"code":"([\w-]+)"/.exec(answer.text)?.[1];
    if (outcome === 'granted') {
      const refusals = ['wiki-not-found', 'bad-credential', 'sign-in-required', 'denied', 'scope-too-narrow'];
      expect(refusals, where).not.toContain(code);
      expect(answer.text, where).not.toContain('"code":"internal"');
      return;
    }
    if (code !== undefined) expect(code, where).toBe(outcome);
    else expect(answer.text, where).toMatch(/"error":|token|Sign-in/);
  }

  it('lists to everyone the wikis they have a role on, as far as their token reaches', async () => {
    const list = messages['of the account'].find(({ name }) => name === 'tool list_wikis') as Message;
    for (const asker of askers.filter(
      ({ token, isBad, verbs }) => token !== null && !isBad && verbs.includes('read'),
    )) {
      const { text } = await ask(asker, 'of the account', list, 'shared');
      const mine = wikiNames.filter((wiki) => sees(asker, wiki) && asker.roles[wiki] !== undefined);
      const reached = mine.filter((wiki) => asker.wikis?.includes(wiki) ?? true);
      const words = canariesIn(text).filter((word) => word.endsWith('name'));
      expect(words, asker.name).toHaveLength(reached.length);
    }
  });
});
