import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../../apps/api/test/kit/a-wiki.js';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { faultsOf } from '../../apps/api/test/kit/json-schema.js';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { type Document, documentOf } from '../isolation/kit/rest-calls.js';
import { expectNothingOfOurs, expectProblem, longestMs } from './kit/expected.js';
import { wordsOf } from './kit/known-words.js';
import { type Fuzzed, type FuzzedRequest, operationsOf, requestsOf } from './kit/rest-requests.js';
import { rounds, seed, timeoutMs } from './kit/seed.js';
import { expectWhole } from './kit/wiki-stays-whole.js';

describe(`REST, given what its document says and what nobody should send (SEED=${seed} ROUNDS=${rounds})`, () => {
  let app: TestApp;
  let kit: WikiKit;
  let document: Document;
  const statuses = new Map<number, number>();

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    kit = await aWiki(app, 'alice', 'notes');
    await app.addUser('bob');
    document = await documentOf(app);
  });
  afterAll(async () => {
    await app?.stop();
    const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    console.log(`SEED=${seed} ROUNDS=${rounds} ${counted.join(', ')}`);
  });

  it(
    'answers as documented, or refuses with a known problem, in time and without a word of our insides',
    async () => {
      const words = await wordsOf(kit);
      for (const [at, one] of operationsOf(document).entries()) {
        const property = fc.asyncProperty(requestsOf(one, document, words), (request) => expectGood(one, request));
        await fc.assert(property, {
          seed: seed + at,
          numRuns: rounds,
          interruptAfterTimeLimit: timeoutMs,
          markInterruptAsFailure: true,
        });
      }
      // Requests that never get past the door would prove nothing.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(rounds);
      expect(statuses.get(201) ?? 0).toBeGreaterThan(0);
    },
    timeoutMs * 4,
  );

  it(
    'leaves repositories without a fault and a catalogue that a rebuild does not change',
    async () => {
      await expectWhole(app);
    },
    timeoutMs,
  );

  async function expectGood(one: Fuzzed, { method, path, headers, body }: FuzzedRequest) {
    const started = performance.now();
    const client = new RestClient(app.url, kit.token);
    const answer = await client.call(method, path, { body, headers });
    const { status } = answer;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(performance.now() - started, `${one.name} took too long`).toBeLessThan(longestMs);
    const text = answer.bytes.toString('utf8');
    expectNothingOfOurs(text, decodeURIComponentSafely(path) + (body ?? ''));
    expect(status, `${method} ${path} ${body} ${text}`).toBeLessThan(500);
    if (status >= 400) {
      expect(answer.headers['content-type'], text).toMatch(/^application\/problem\+json/);
      expectProblem(answer);
    } else if (status !== 304 && /json/.test(answer.headers['content-type'] ?? '')) {
      expectDocumented(one, status, answer.body);
    }
  }

  function expectDocumented({ name, operation }: Fuzzed, status: number, body: unknown) {
    const schema = operation.responses[String(status)]?.content?.['application/json']?.schema;
    expect(schema, `${name} answers ${status}, which is not in the document`).toBeDefined();
    expect(faultsOf(body, schema ?? {}, document.components.schemas), name).toEqual([]);
  }
});

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
