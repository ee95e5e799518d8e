import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../../apps/api/test/kit/a-wiki.js';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';

describe('one who lost the role on a private wiki', () => {
  let app: TestApp;
  let alice: WikiKit;
  let vera: RestClient;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    alice = await aWiki(app, 'alice', 'notes');
    vera = new RestClient(app.url, (await app.addUser('vera')).token).under('/api/v1');
    expect((await alice.platform.put('/wikis/alice/notes/members/vera', { role: 'viewer' })).status).toBe(200);
    const made = await vera.post('/tokens', { label: 'narrow', verbs: ['read'], wikis: ['alice/notes'] });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect((await alice.platform.delete('/wikis/alice/notes/members/vera')).status).toBe(200);
  });
  afterAll(() => app?.stop());

  it('does not hear from an old token what the wiki is called now', async () => {
    expect((await alice.platform.patch('/wikis/alice/notes', { slug: 'merger-talks' })).status).toBe(200);
    const listed = await vera.get('/tokens');

    expect(listed.status).toBe(200);
    expect(JSON.stringify(listed.body)).toContain('narrow');
    expect(JSON.stringify(listed.body)).not.toContain('merger-talks');
  });

  it('hears the name of one that anybody may read', async () => {
    await alice.platform.put('/wikis/alice/merger-talks/visibility', { visibility: 'public' });

    expect(JSON.stringify((await vera.get('/tokens')).body)).toContain('alice/merger-talks');
  });
});
