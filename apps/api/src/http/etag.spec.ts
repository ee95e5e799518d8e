import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tagAnswer } from './etag.js';

describe('ETags', () => {
  let server: FastifyInstance;
  let links: string[];

  beforeEach(() => {
    links = [];
    server = fastify();
    server.addHook('onSend', async (request, reply, payload) => tagAnswer(request, reply, payload));
    server.get('/api/v1/page', (_, reply) => reply.header('etag', 'abc').send({ links }));
    server.get('/api/v1/list', () => ({ links }));
    server.get('/api/v1/raw', (_, reply) => reply.header('etag', '"blob"').send('bytes'));
    server.get('/api/v1/stream', (_, reply) => reply.header('etag', '"blob"').send(Readable.from(['bytes'])));
    server.get('/api/v1/broken', (_, reply) => reply.code(404).send({ no: 1 }));
    server.put('/api/v1/page', (_, reply) => reply.header('etag', 'abd').send({ ok: 1 }));
    server.get('/elsewhere', () => ({ links }));
  });
  afterEach(() => server.close());

  const get = (url: string, headers: Record<string, string> = {}) => server.inject({ method: 'GET', url, headers });

  it('changes with the answer even when the revision does not', async () => {
    const before = (await get('/api/v1/page')).headers.etag as string;
    links.push('x');
    const after = (await get('/api/v1/page')).headers.etag as string;

    expect(before).toMatch(/^"abc\.[\w-]{22}"$/);
    expect(after).not.toBe(before);
  });

  it('answers 304 to whoever has it, for lists, HEAD and finished tags too', async () => {
    for (const url of ['/api/v1/page', '/api/v1/list', '/api/v1/raw']) {
      const etag = (await get(url)).headers.etag as string;
      const same = await get(url, { 'if-none-match': `"other" , W/${etag}` });
      const any = await server.inject({ method: 'HEAD', url, headers: { 'if-none-match': '*' } });

      expect([same.statusCode, same.body, any.statusCode]).toEqual([304, '', 304]);
      expect(same.headers.etag).toBe(etag);
    }
  });

  it('tags no refusal, but keeps every answer out of caches', async () => {
    const broken = await get('/api/v1/broken', { 'if-none-match': '*' });

    expect(broken.statusCode).toBe(404);
    expect(broken.headers.etag).toBeUndefined();
    expect(broken.headers['cache-control']).toBe('private, no-store');
    expect(broken.headers.vary).toBe('Authorization');
  });

  it('a write is tagged and never answered with 304', async () => {
    const put = await server.inject({ method: 'PUT', url: '/api/v1/page', headers: { 'if-none-match': '*' } });

    expect(put.statusCode).toBe(200);
    expect(put.headers.etag).toMatch(/^"abd\./);
  });

  it('leaves other surfaces alone', async () => {
    expect((await get('/elsewhere')).headers.etag).toBeUndefined();
  });

  it('a stream with a complete tag is not sent twice', async () => {
    const first = await get('/api/v1/stream');
    const again = await get('/api/v1/stream', { 'if-none-match': '"blob"' });

    expect([first.statusCode, first.body, first.headers.etag]).toEqual([200, 'bytes', '"blob"']);
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});
