import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';
import { readConfig } from '../../src/config.js';
import { Indexing } from '../../src/indexing/indexing.js';
import { openLog } from '../../src/log.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { aMailSink } from '../kit/mail-sink.js';
import { WebClient } from '../kit/web-client.js';

const password = 'correct horse battery';

describe('a mail that does not go at once', () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** A server whose log is kept. */
  async function aServer(variables: Record<string, string>) {
    const database = await anEmptyDatabase();
    const dataDir = await mkdtemp(join(tmpdir(), 'wikibot-mail-'));
    const config = readConfig({
      ...{ PORT: '0', SEARCH_BY_MEANING: 'off', DATA_DIR: dataDir, DATABASE_URL: database.url, ...variables },
    });
    const lines: string[] = [];
    const server = await startServer(config, openLog(config, { write: (line) => void lines.push(line) }));
    ends.push(
      () => rm(dataDir, { recursive: true }),
      () => database.drop(),
      () => server.stop(),
    );
    await server.rooms.people.create({ username: 'alice', password, email: 'alice@example.org' });
    return { ...server, lines, said: (word: string) => lines.filter((line) => line.includes(word)) };
  }

  const forget = async ({ url }: RunningServer, login = 'alice') => {
    const client = new WebClient(url);
    return client.submit(await client.open('/auth/forgotten'), '/auth/forgotten', { login });
  };
  const waiting = ({ rooms }: RunningServer) =>
    rooms.database.source.query<unknown[]>('SELECT attempts FROM mails WHERE user_id IS NOT NULL');

  it('because the mail server is down, is sent when it is back', async () => {
    const sink = await aMailSink();
    await sink.close();
    const server = await aServer({ SMTP_URL: sink.url });

    const page = await forget(server);
    expect([page.status, new URL(page.url).pathname]).toEqual([200, '/auth/sent']);
    await expect.poll(() => server.said('mail server: will be tried again')).toHaveLength(1);
    expect(await waiting(server)).toEqual([{ attempts: 1 }]);
    expect(server.lines.join()).not.toContain('token=');

    const back = await aMailSink({ port: sink.port });
    ends.push(back.close);
    await server.rooms.database.source.query('UPDATE mails SET due_at = now()');
    server.rooms.outbox.announce();
    const mail = await back.newest('alice@example.org');
    expect((await new WebClient(server.url).open(pathIn(mail.links[1]))).status).toBe(200);
    await expect.poll(() => waiting(server)).toEqual([]);
  });

  it('because the mail server says nothing, holds up no request', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const sockets = new Set<Socket>();
    silent.on('connection', (socket) => sockets.add(socket));
    ends.push(async () => silent.close());
    const { port } = silent.address() as AddressInfo;
    const server = await aServer({ SMTP_URL: `smtp://127.0.0.1:${port}` });

    expect((await forget(server)).status).toBe(200);
    await expect.poll(() => sockets.size).toBeGreaterThan(0);
    expect((await forget(server, 'nobody')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => server.said('mail server: will be tried again').length).toBeGreaterThan(0);
    expect(await waiting(server)).not.toEqual([]);
  });

  it('where other processes work off the jobs, is sent by one of these', async () => {
    const sink = await aMailSink();
    ends.push(sink.close);
    const server = await aServer({ SMTP_URL: sink.url, JOBS: 'off' });
    await forget(server);
    expect(await waiting(server)).toEqual([{ attempts: 0 }]);

    const worker = new Indexing(server.rooms);
    ends.push(() => worker.onApplicationShutdown());
    worker.work();

    expect((await sink.newest('alice@example.org')).text).toContain('token=');
  });

  it('because there is no such mailbox, is given up, and those after it go', async () => {
    const sink = await aMailSink({ refuse: (to) => to === 'alice@example.org' });
    ends.push(sink.close);
    const server = await aServer({ SMTP_URL: sink.url });
    await server.rooms.people.create({ username: 'bob', password, email: 'bob@example.org' });

    await forget(server);
    await forget(server, 'bob');

    await sink.newest('bob@example.org');
    await expect.poll(() => server.said('does not take a mail')).toHaveLength(1);
    await expect.poll(() => waiting(server)).toEqual([]);
  });

  it('because there is no mail server, is in the log for the operator to pass on', async () => {
    const server = await aServer({ SIGN_UP: 'open' });

    const page = await forget(server);
    expect(page.main).toContain('This server sends no mails');
    await expect.poll(() => server.said('Pass this link on to alice <alice@example.org>')).toHaveLength(1);
    const link = /http\S+token=[\w-]+/.exec(server.said('Pass this link on')[0] ?? '')?.[0];
    const browser = new WebClient(server.url);
    const reset = await browser.open(pathIn(link));
    expect(new URL((await browser.submit(reset, '/auth/reset', { password })).url).pathname).toBe('/');

    const visitor = new WebClient(server.url);
    const form = { username: 'dora', email: 'dora@example.org', password };
    const sent = await visitor.submit(await visitor.open('/auth/sign-up'), '/auth/sign-up', form);
    expect(sent.main).toContain('its operator can pass it on');
    await expect.poll(() => server.said('Pass this link on to dora <dora@example.org>')).toHaveLength(1);
  });
});

const pathIn = (link: string | undefined): string => {
  const { pathname, search } = new URL(link ?? '');
  return pathname + search;
};
