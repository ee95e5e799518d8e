import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import type { RestClient } from '../kit/rest-client.js';

describe('what REST says in headers', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let rest: RestClient;

  const create = async (path: string, content = 'one\n') => {
    const made = await rest.put(`/pages/${encodeURIComponent(path)}`, { content });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.revision as string;
  };

  beforeAll(async () => {
    app = await startApp();
    rest = (await aWiki(app, 'alice', 'notes')).rest;
  });
  afterAll(() => app?.stop());

  it('an ETag is the revision of the page and a hash of the answer', async () => {
    const revision = await create('Tagged');

    const read = await rest.get('/pages/Tagged');

    expect(read.headers.etag).toMatch(new RegExp(`^"${revision}\\.[\\w-]+"$`));
    expect(read.headers['cache-control']).toBe('private, no-store');
    expect(read.headers.vary).toMatch(/authorization/i);
  });

  it('who has the answer already gets 304, until a link to the page changes it', async () => {
    await create('Linked');
    const { etag = '' } = (await rest.get('/pages/Linked')).headers;

    const same = await rest.get('/pages/Linked', { 'if-none-match': `"other", W/${etag}` });
    await create('Linker', 'See [[Linked]].\n');
    const changed = await rest.get('/pages/Linked', { 'if-none-match': etag });

    expect(same.status).toBe(304);
    expect(same.bytes).toHaveLength(0);
    expect(same.headers.etag).toBe(etag);
    expect(changed.status).toBe(200);
    expect(changed.body.linked_from).toEqual(['Linker']);
  });

  it('lists have ETags too', async () => {
    const { etag = '' } = (await rest.get('/pages')).headers;

    const same = await rest.get('/pages', { 'if-none-match': etag });
    await create('Newcomer');
    const changed = await rest.get('/pages', { 'if-none-match': etag });

    expect([same.status, changed.status]).toEqual([304, 200]);
  });

  it('HEAD answers what GET would, without the body', async () => {
    await create('Headed');

    const get = await rest.get('/pages/Headed');
    const head = await rest.head('/pages/Headed');
    const missing = await rest.head('/pages/Never');

    expect(head.status).toBe(200);
    expect(head.bytes).toHaveLength(0);
    expect(head.headers.etag).toBe(get.headers.etag);
    expect(head.headers['content-length']).toBe(String(get.bytes.length));
    expect(missing.status).toBe(404);
  });

  it('a stale If-Match is 412 and never merged', async () => {
    await create('Matched', 'a\n\nb\n\nc\n');
    const { etag = '' } = (await rest.get('/pages/Matched')).headers;
    const first = await rest.put('/pages/Matched', { content: 'A\n\nb\n\nc\n' }, { 'if-match': etag });

    const stale = await rest.put('/pages/Matched', { content: 'a\n\nb\n\nC\n' }, { 'if-match': etag });
    const gone = await rest.delete('/pages/Matched', undefined, { 'if-match': etag });
    const next = await rest.put('/pages/Matched', { content: 'x\n' }, { 'if-match': first.headers.etag ?? '' });

    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect([stale.status, gone.status]).toEqual([412, 412]);
    expect(next.status).toBe(200);
  });

  it('If-Match compares the page, not what links to it', async () => {
    await create('Quiet');
    const { etag = '' } = (await rest.get('/pages/Quiet')).headers;
    await create('Quiet Linker', '[[Quiet]]\n');

    const written = await rest.put('/pages/Quiet', { content: 'two\n' }, { 'if-match': etag });

    expect(written.status).toBe(200);
  });

  it('If-Match: * writes what exists, and creates nothing', async () => {
    await create('Existing');

    const missing = await rest.put('/pages/Nothing', { content: 'x\n' }, { 'if-match': '*' });
    const existing = await rest.put('/pages/Existing', { content: 'x\n' }, { 'if-match': '*' });

    expect([missing.status, existing.status]).toEqual([412, 200]);
  });

  it('the same Idempotency-Key writes once and answers the same', async () => {
    await create('Counted', 'start\n');
    const append = () => rest.post('/pages/Counted/append', { content: 'once\n' }, { 'idempotency-key': 'append-1' });

    const [first, second, ...others] = await Promise.all([append(), append(), append()]);
    const later = await append();
    const { content } = (await rest.get('/pages/Counted')).body;

    expect((content as string).match(/once/g)).toHaveLength(1);
    for (const answer of [second, ...others, later]) {
      expect(answer?.status).toBe(200);
      expect(answer?.body.revision).toBe(first?.body.revision);
    }
  });

  it('a retried creation is not told that the page exists', async () => {
    const put = () => rest.put('/pages/Retried', { content: 'x\n' }, { 'idempotency-key': 'make-retried' });

    const first = await put();
    const retry = await put();

    expect(first.status).toBe(201);
    expect([200, 201]).toContain(retry.status);
    expect(retry.body.revision).toBe(first.body.revision);
  });

  it.each(['', 'x'.repeat(256), 'with blank', 'ключ'.normalize()])('the Idempotency-Key %j is refused', async (key) => {
    const sent = Buffer.from(key, 'utf8').toString('latin1');

    const answer = await rest.put('/pages/Keyed', { content: 'x' }, { 'idempotency-key': sent });

    expect(answer.status).toBe(422);
  });

  it.each(['rubbish', '"', 'W/"abc"', '"--output=x"', '"a" , "b"'])('If-Match %s is no ETag of ours', async (tag) => {
    await rest.put('/pages/Strict', { content: 'x' });

    const answer = await rest.put('/pages/Strict', { content: 'y' }, { 'if-match': tag });

    expect([412, 422]).toContain(answer.status);
    expect((await rest.get('/pages/Strict')).body.content).toBe('x');
  });
});
