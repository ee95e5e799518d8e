import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.js';

describe('the configuration', () => {
  it('needs nothing', () => {
    const config = readConfig({});

    expect(config.http.baseUrl.href).toBe('http://localhost:8080/');
    expect(config).toMatchObject({ billing: 'off', jobs: 'inline', mailDomain: 'localhost' });
    expect(config.database.url).toBeUndefined();
  });

  it('reads a secret from the file that NAME_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'wikibot-config-')), 'url');
    writeFileSync(file, 'postgres://somebody@db/wikibot\n');

    expect(readConfig({ DATABASE_URL_FILE: file }).database.url).toBe('postgres://somebody@db/wikibot');
  });

  it('sends mails as wikibot of its own host, unless told otherwise', () => {
    const BASE_URL = 'https://wiki.example';
    const senders = [{}, { MAIL_FROM: 'a@b.example' }, { MAIL_FROM: 'Our wiki <a@b.example>' }];

    expect(senders.map((more) => readConfig({ BASE_URL, ...more }).mailFrom)).toEqual([
      ...['wikibot@wiki.example', 'a@b.example', 'Our wiki <a@b.example>'],
    ]);
    expect(readConfig({}).signUp).toBe('invitation');
  });

  it('shows visitors a wiki or a file in place of what comes along', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'wikibot-config-')), 'ours.md');
    writeFileSync(file, '# Ours\n');
    const landings = ['@alice/notes', '@our-notes', file].map((LANDING) => readConfig({ LANDING }).front.landing);

    expect(landings).toEqual([
      { wiki: { owner: 'alice', slug: 'notes' } },
      { wiki: { customSlug: 'our-notes' } },
      { file },
    ]);
    expect(readConfig({ TERMS: file }).front).toMatchObject({ terms: file, privacy: null, landing: null });
    for (const wrong of [{ LANDING: '@Alice/x/y' }, { TERMS: '/nowhere/terms.md' }, { SOURCE_URL: 'ftp://x.example' }])
      expect(() => readConfig(wrong), JSON.stringify(wrong)).toThrow(ConfigError);
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ DATABASE_URL: '', PORT: '' }).http.port).toBe(8080);
  });

  it('tells every mistake at once', () => {
    const read = () => readConfig({ PORT: 'many', BILLING: 'maybe', BASE_URL: 'nowhere' });

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT[^]*BILLING|BILLING[^]*PORT/);
  });

  it.each([
    { BASE_URL: 'http://wikibot.test/below' },
    { DATABASE_URL_FILE: '/nowhere/at/all' },
    { MAIL_DOMAIN: 'two words' },
    { PAGE_BYTES: '-1' },
    { REDIS_URL: 'http://redis:6379' },
    { SIGN_UP: 'yes' },
    { SMTP_URL: 'http://mail.example' },
    { MAIL_FROM: 'nobody' },
    { MAIL_FROM: 'The wiki <wiki@wiki.example>\nBcc: all@wiki.example' },
  ])('refuses %j', (variables) => {
    expect(() => readConfig(variables)).toThrow(ConfigError);
  });
});
