import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WikiAction } from '@lib/acl';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { problems } from '../../apps/api/src/http/problems.js';
import { makeAskers, type Asker } from './kit/actors.js';
import { Inquirer, told } from './kit/answers.js';
import { forEach } from './kit/at-once.js';
import { expectNothingTold, outcomeOf, sees } from './kit/grants.js';
import { absentOwner, customSlug, owner, slugs, type WikiName, wikiNames } from './kit/tenants.js';
import { askersOf, hiddenOf } from './kit/turns.js';

interface GitCall {
  name: string;
  method: string;
  path: string;
  /** Null where nothing is served to anybody. */
  needs: WikiAction | null;
  type?: string;
  body?: string;
}

const ask = (service: string): string => `/info/refs?service=git-${service}`;
const typeOf = (service: string): string => `application/x-git-${service}-request`;

const calls: GitCall[] = [
  { name: 'refs to fetch', method: 'GET', path: ask('upload-pack'), needs: 'repo.read' },
  { name: 'refs to push', method: 'GET', path: ask('receive-pack'), needs: 'repo.push' },
  { name: 'refs for dumb clients', method: 'GET', path: '/info/refs', needs: null },
  { name: 'refs of no service', method: 'GET', path: ask('upload-archive'), needs: null },
  {
    ...{ name: 'a listing', method: 'POST', path: '/git-upload-pack', needs: 'repo.read' as const },
    ...{ type: typeOf('upload-pack'), body: '0014command=ls-refs\n00010000' },
  },
  {
    ...{ name: 'a push', method: 'POST', path: '/git-receive-pack', needs: 'repo.push' as const },
    ...{ type: typeOf('receive-pack'), body: '0000' },
  },
  { name: 'a fetch of another type', method: 'POST', path: '/git-upload-pack', needs: 'repo.read', type: 'text/plain' },
  ...['/HEAD', '/objects/info/packs', `/objects/ab/${'c'.repeat(38)}`, '/config', '/refs/heads/main', ''].map(
    (path): GitCall => ({ name: `the file ${path}`, method: 'GET', path, needs: null }),
  ),
];

const addresses: Record<string, (slug: string, who?: string) => string> = {
  'by owner and slug': (slug, who = owner) => `/@${who}/${slug}.git`,
  'by custom slug': (slug) => `/@${customSlug(slug)}/${customSlug(slug)}.git`,
};

describe('every git request, for everyone, to every kind of wiki', () => {
  let app: TestApp;
  let inquirer: Inquirer;
  let askers: Asker[];

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    askers = await makeAskers(app);
    inquirer = new Inquirer(app);
  });
  afterAll(async () => {
    inquirer?.stop();
    await app?.stop();
  });

  async function send(asker: Asker, call: GitCall, address: string) {
    const { method, path, type, body } = call;
    const basic = `Basic ${Buffer.from(`any:${asker.token}`).toString('base64')}`;
    const headers = {
      'git-protocol': 'version=2',
      ...(asker.token === null ? {} : { authorization: basic }),
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    const answer = await inquirer.ask({ method, path: address + path, headers, body });
    expectNothingTold(answer, asker, `${call.name} ${address}`);
    return answer;
  }

  it.each(Object.keys(addresses))('tells hidden from missing to nobody, %s', async (form) => {
    const at = addresses[form];
    await forEach(calls, async (call, turn) => {
      for (const asker of askersOf(turn, askers)) {
        const absent = told(await send(asker, call, at(slugs.absent)));
        for (const wiki of hiddenOf(turn, asker)) {
          const hidden = told(await send(asker, call, at(slugs[wiki])));
          expect(hidden, `${asker.name} ${call.name} ${wiki}`).toEqual(absent);
        }
        const nobodys = told(await send(asker, call, at(slugs.absent, absentOwner)));
        expect(nobodys, `${asker.name} ${call.name} of nobody`).toEqual(absent);
      }
    });
  });

  it('lets in who may, and says honestly why not to who may know', async () => {
    await forEach(askers, async (asker) => {
      for (const call of calls) {
        for (const wiki of wikiNames.filter((one) => sees(asker, one))) await expectOutcome(asker, call, wiki);
      }
    });
  });

  async function expectOutcome(asker: Asker, call: GitCall, wiki: WikiName) {
    const { status, text } = await send(asker, call, `/@${owner}/${slugs[wiki]}.git`);
    const where = `${asker.name} ${call.name} ${wiki} ${text}`;
    if (call.needs === null) {
      expect([403, 404], where).toContain(status);
      return;
    }
    const outcome = outcomeOf(asker, wiki, call.needs);
    if (outcome !== 'granted' && outcome !== 'hidden') expect(status, where).toBe(problems[outcome].status);
    else expect(call.type === 'text/plain' ? [415] : [200], where).toContain(status);
  }
});
