import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';

describe('plans and limits over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let kit: WikiKit;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'on' });
    kit = await aWiki(app, 'alice', 'notes');
  });
  afterAll(() => app?.stop());

  it('a page more than the plan has is refused, an edit at the limit passes', async () => {
    const { limits, pages } = (await kit.rest.get('')).body;
    const room = limits.pages - (pages as number);
    for (let made = 0; made < room; made += 100) {
      const operations = Array.from({ length: Math.min(100, room - made) }, (_, index) => ({
        op: 'write',
        path: `Many/${made + index}`,
        content: 'x\n',
      }));
      expect((await kit.rest.post('/batch', { operations })).status).toBe(200);
    }

    const oneMore = await kit.rest.put('/pages/OneMore', { content: 'x\n' });
    const edit = await kit.rest.post('/pages/Many%2F0/append', { content: 'y\n' });
    await kit.rest.delete('/pages/Many%2F1');
    const afterDelete = await kit.rest.put('/pages/OneMore', { content: 'x\n' });

    expect(oneMore.status).toBe(403);
    expect(oneMore.body).toMatchObject({ type: '/problems/page-limit' });
    expect(oneMore.body.detail).toMatch(new RegExp(String(limits.pages)));
    expect(edit.status).toBe(200);
    expect(afterDelete.status).toBe(201);
  });

  it('a second free wiki is refused with the limit and the way out', async () => {
    const second = await kit.platform.post('/wikis', { slug: 'second', name: 'Second' });

    expect(second.status).toBe(403);
    expect(second.body).toMatchObject({ type: '/problems/limit-reached' });
  });

  it('more collaborators than the plan has are refused', async () => {
    const limit = (await kit.rest.get('')).body.limits.collaborators;
    const statuses: number[] = [];
    for (let index = 0; index <= limit; index += 1) {
      await app.addUser(`friend${index}`);
      statuses.push((await kit.platform.put(`/wikis/alice/notes/members/friend${index}`, { role: 'viewer' })).status);
    }

    expect(statuses).toContain(403);
    expect(statuses[0]).toBe(200);
  });

  it('a lapsed wiki reads and refuses to write, whatever the route', async () => {
    await app.setPlan('alice', 'notes', { plan: 'premium', paymentStatus: 'lapsed' });

    const reads = [await kit.rest.get('/pages/Home'), await kit.rest.get('/search?q=home')];
    const writes = [
      await kit.rest.put('/pages/New', { content: 'x' }),
      await kit.rest.delete('/pages/Home'),
      await kit.rest.post('/pages/Home/attachments', { filename: 'a.txt', content: 'aGk=' }),
      await kit.rest.post('/batch', { operations: [{ op: 'delete', path: 'Home' }] }),
    ];

    expect(reads.map(({ status }) => status)).toEqual([200, 200]);
    for (const { status, body } of writes) expect([status, body.type]).toEqual([403, '/problems/wiki-lapsed']);
  });
});
