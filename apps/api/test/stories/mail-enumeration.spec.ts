import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';

describe('whoever asks for a mail learns nothing of who has an account', () => {
  let app: TestApp;
  let visitors = 0;

  beforeAll(async () => {
    // No process works off jobs, so every statement is that of a request.
    app = await startApp({ SIGN_UP: 'open', SMTP_URL: 'smtp://127.0.0.1:9', JOBS: 'off', TRUST_PROXY: 'true' });
    await app.rooms.people.create({ username: 'known', password, email: 'known@example.org' });
  });
  afterAll(() => app?.stop());

  /** What a form is answered with, and every statement that is run for it. */
  async function asked(address: string, fields: Record<string, string>) {
    const client = new WebClient(app.url, { 'x-forwarded-for': `198.51.100.${(visitors += 1)}` });
    const form = await client.open(address);
    const statements: string[] = [];
    const { source } = app.rooms.database;
    const query = source.query.bind(source);
    source.query = (async (sql: string, ...more: unknown[]) => {
      statements.push(sql);
      return query(sql, ...(more as []));
    }) as typeof source.query;
    const page: WebPage = await client.submit(form, address, fields);
    source.query = query;
    return { status: page.status, url: page.url, text: page.text, statements };
  }

  it('when they forgot a password', async () => {
    const known = await asked('/auth/forgotten', { login: 'known@example.org' });
    const byName = await asked('/auth/forgotten', { login: 'known' });
    const nobody = await asked('/auth/forgotten', { login: 'nobody@example.org' });

    expect(known).toEqual(nobody);
    expect(byName).toEqual(nobody);
    expect(nobody.status).toBe(200);
    expect(nobody.statements.filter((sql) => /INTO mails/.test(sql))).toHaveLength(1);
  });

  it('when they make an account', async () => {
    const known = await asked('/auth/sign-up', { username: 'one-way', email: 'known@example.org', password });
    const nobody = await asked('/auth/sign-up', { username: 'other-way', email: 'nobody@example.org', password });

    expect(known).toEqual(nobody);
    expect(nobody.statements.filter((sql) => /INTO mails/.test(sql))).toHaveLength(1);
  });

  it('when they ask more often than mails are sent', async () => {
    const statuses = new Set<number>();
    const client = new WebClient(app.url, { 'x-forwarded-for': '203.0.113.5' });
    for (let time = 0; time < 6; time += 1) {
      const page = await client.submit(await client.open('/auth/forgotten'), '/auth/forgotten', { login: 'known' });
      statuses.add(page.status);
    }

    expect([...statuses]).toEqual([200]);
    const sql = 'SELECT count(user_id)::int AS count FROM mails';
    const [row] = await app.rooms.database.source.query<{ count: number }[]>(sql);
    expect(row?.count).toBe(2 + 3);
  });

  it('and is refused in the end, by where they come from alone', async () => {
    const client = new WebClient(app.url, { 'x-forwarded-for': '203.0.113.6' });
    const form = await client.open('/auth/forgotten');
    const ask = (who: WebClient, n: number) => who.submit(form, '/auth/forgotten', { login: `nobody-${n}` });
    for (let n = 0; n < 60; n += 1) await ask(client, n);
    const refused = await ask(client, 60);

    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.main).toMatch(/That was too often\. Try again in \d+ minutes\./);
    expect(refused.all('form')).not.toEqual([]);
    const other = new WebClient(app.url, { 'x-forwarded-for': '203.0.113.7' });
    expect((await other.submit(await other.open('/auth/forgotten'), '/auth/forgotten', { login: 'x' })).status).toBe(
      200,
    );
  });
});
