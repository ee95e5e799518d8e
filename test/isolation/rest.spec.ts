import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { problems } from '../../apps/api/src/http/problems.js';
import { makeAskers, type Asker } from './kit/actors.js';
import { baseHost, forms, named, placed } from './kit/addresses.js';
import { type Answer, Inquirer, told } from './kit/answers.js';
import { forEach } from './kit/at-once.js';
import { expectNothingTold, outcomeOf, sees } from './kit/grants.js';
import { type Call, restCalls } from './kit/rest-calls.js';
import { absentOwner, slugs, type WikiName, wikiNames } from './kit/tenants.js';
import { askersOf, hiddenOf } from './kit/turns.js';

interface How {
  form?: string;
  who?: string;
  body?: unknown;
}

describe('every REST route, for everyone, on every kind of wiki', () => {
  let app: TestApp;
  let inquirer: Inquirer;
  let askers: Asker[];
  let calls: Call[];

  beforeAll(async () => {
    app = await startApp({ BASE_URL: `http://${baseHost}`, BILLING: 'off' });
    askers = await makeAskers(app);
    calls = await restCalls(app);
    inquirer = new Inquirer(app);
  });
  afterAll(async () => {
    inquirer?.stop();
    await app?.stop();
  });

  async function ask(asker: Asker, call: Call, wiki: WikiName, { form = 'by owner and slug', ...how }: How = {}) {
    const isOfWiki = call.path.startsWith('/@{owner}');
    const place = isOfWiki
      ? placed(call.path, forms[form]?.(slugs[wiki], how.who) ?? { path: '' })
      : named(call.path, slugs[wiki], how.who);
    const body = 'body' in how ? how.body : call.body;
    const answer = await inquirer.ask({ ...place, method: call.method, token: asker.token, body });
    expectNothingTold(answer, asker, `${call.method} ${place.host ?? ''}${place.path}`);
    return answer;
  }

  /** Restoring is the one thing that is done to a deleted wiki, so for its owner that is there. */
  const mayRestore = (asker: Asker, call: Call, wiki: WikiName) =>
    call.needs === 'wiki.restore' && /gone/.test(wiki) && asker.roles[wiki] === 'owner' && asker.wikis === null;

  async function expectAlike(asker: Asker, call: Call, hidden: readonly WikiName[], form?: string) {
    const absent = await ask(asker, call, 'absent', { form });
    for (const wiki of hidden.filter((one) => !mayRestore(asker, call, one))) {
      const answer = await ask(asker, call, wiki, { form });
      expect(told(answer), `${asker.name}: ${call.method} ${call.path} ${wiki}`).toEqual(told(absent));
    }
    return absent;
  }

  it('tells a hidden wiki from a missing one to nobody, by what is answered and by what is done for it', async () => {
    await forEach(calls, async (call, turn) => {
      for (const asker of askersOf(turn, askers)) {
        const absent = await expectAlike(asker, call, hiddenOf(turn, asker));
        if (call.needs !== 'nothing') expectOutcome(absent, outcomeOf(asker, 'absent', call.needs), `${call.path}`);
        if (asker.isPlain) {
          const nobodys = told(await ask(asker, call, 'absent', { who: absentOwner }));
          expect(nobodys, `${asker.name}: ${call.method} ${call.path} of nobody`).toEqual(told(absent));
        }
      }
    });
  });

  it.each(Object.keys(forms).slice(1))('nor when it is named %s', async (form) => {
    const ofWiki = calls.filter(({ path }) => path.startsWith('/@{owner}'));
    await forEach(ofWiki, async (call, turn) => {
      for (const asker of askers.filter(({ isPlain }) => isPlain)) {
        await expectAlike(asker, call, hiddenOf(turn, asker), form);
      }
    });
  });

  it('asks the same of the database for both, and nothing of git', async () => {
    const stranger = askers.find(({ name }) => name === 'a stranger') as Asker;
    const read = calls.find(({ method, path }) => method === 'GET' && path.endsWith('/pages/Home')) as Call;
    const { trail } = await ask(stranger, read, 'closed');
    const granted = await ask(stranger, read, 'public');

    expect(trail).toHaveLength(3);
    expect(trail[0]).toContain('FROM names');
    expect(trail[1]).toContain('FROM tokens');
    expect(trail[2]).toContain('LEFT JOIN grants');
    expect(granted.trail.slice(0, 3)).toEqual(trail);
    expect(granted.trail).toContain('repositories.open');
  });

  it('lets in who may, and says honestly why not to who may know', async () => {
    // One actor after the other, since the last ones take from those before what they ask with.
    for (const asker of askers) {
      const seen = wikiNames.filter((wiki) => sees(asker, wiki));
      await forEach(calls, async (call, turn) => {
        // Who leaves has no role any more for what comes after.
        if (call.needs === 'nothing' || call.needs === 'wiki.restore' || call.needs === 'members.leave') return;
        if (!askersOf(turn, askers).includes(asker)) return;
        for (const wiki of seen) {
          const answer = await ask(asker, call, wiki, { body: call.nonsense });
          const where = `${asker.name}: ${call.method} ${call.path} ${wiki}`;
          expectOutcome(answer, outcomeOf(asker, wiki, call.needs), where);
        }
      });
    }
  });

  function expectOutcome({ status, code, text }: Answer, outcome: ReturnType<typeof outcomeOf>, where: string) {
    const wanted = outcome === 'hidden' ? 'wiki-not-found' : outcome;
    if (wanted !== 'granted') {
      expect({ code, status }, `${where} ${text}`).toEqual({ code: wanted, status: problems[wanted].status });
      return;
    }
    const refusals = ['wiki-not-found', 'bad-credential', 'sign-in-required', 'denied', 'scope-too-narrow'];
    expect(refusals, `${where} ${text}`).not.toContain(code);
    expect(status, `${where} ${text}`).toBeLessThan(500);
  }
});
