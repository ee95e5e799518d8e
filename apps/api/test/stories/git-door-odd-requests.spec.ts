import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { RestClient } from '../kit/rest-client.js';

describe('the git door and requests no git would send', () => {
  let app: TestApp;
  let git: GitClient;
  let wiki: WikiKit;
  let viewer: string;

  const remote = (secret: string) => `${app.url.replace('http://', `http://any:${secret}@`)}/@alice/notes.git`;

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    wiki = await aWiki(app, 'alice', 'notes');
    viewer = (await app.addUser('viewer1')).token;
    await wiki.platform.put('/wikis/alice/notes/members/viewer1', { role: 'viewer' });
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it.each(['/HEAD', '/config', '/objects/info/packs', '/info/refs', '/../notes.git/info/refs', '/%2e%2e/x', ''])(
    'nothing else of a repository is served at %j',
    async (path) => {
      const answer = await new RestClient(app.url, wiki.token).get(`/@alice/notes.git${path}`);

      expect([400, 403, 404]).toContain(answer.status);
    },
  );

  it('the path decides what a request does, not the service it names', async () => {
    const client = new RestClient(app.url, viewer);

    const answer = await client.post(
      '/@alice/notes.git/git-receive-pack?service=git-upload-pack',
      Buffer.from('0000'),
      {
        'content-type': 'application/x-git-receive-pack-request',
      },
    );

    expect(answer.status).toBe(403);
  });

  it.each(['', '0000', 'rubbish', '0004', 'ffff', '00000000000000000000', '0011command=fetch0000'])(
    'the body %j is no fault of ours',
    async (body) => {
      const client = new RestClient(app.url, wiki.token);
      const post = (service: string) =>
        client.post(`/@alice/notes.git/${service}`, Buffer.from(body), {
          'content-type': `application/x-${service}-request`,
          'git-protocol': 'version=2',
        });

      for (const service of ['git-upload-pack', 'git-receive-pack']) {
        expect((await post(service)).status).toBeLessThan(500);
      }
      expect((await git.try(['ls-remote', remote(wiki.token)])).code).toBe(0);
    },
  );
});
