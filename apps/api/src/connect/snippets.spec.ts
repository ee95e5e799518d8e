import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellWord } from './shell-word.js';
import { type Connection, snippetsFor } from './snippets.js';

const token = 'wbt_0aA-_z';
const notes: Connection = {
  ...{
    name: 'notes',
    mcp: 'http://localhost:8080/@alice/notes/mcp',
    rest: 'http://localhost:8080/@alice/notes/api/v1',
  },
  ...{ git: 'http://localhost:8080/@alice/notes.git', credential: { username: 'alice', token } },
};

/** The words that a shell makes of a command, which is not run. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8', env: { HOME: '/none' } })
    .split('\0')
    .slice(0, -1);

describe('what is pasted into a client', () => {
  it('is a command for Claude Code', () => {
    expect(wordsOf(snippetsFor(notes).claudeCode)).toEqual([
      ...['claude', 'mcp', 'add', '--transport', 'http', 'notes', notes.mcp],
      ...['--header', `Authorization: Bearer ${token}`],
    ]);
  });

  it('is JSON for Cursor and for others, with address and token', () => {
    const { cursor, json } = snippetsFor(notes);
    const headers = { Authorization: `Bearer ${token}` };

    expect(JSON.parse(cursor)).toEqual({ mcpServers: { notes: { url: notes.mcp, headers } } });
    expect(JSON.parse(json)).toEqual({ mcpServers: { notes: { type: 'http', url: notes.mcp, headers } } });
  });

  it('is a command for curl, and one for git without the token', () => {
    const { curl, git } = snippetsFor(notes);

    expect(wordsOf(curl ?? '')).toEqual([
      ...['curl', '-sS', '-H', `Authorization: Bearer ${token}`, `${notes.rest}/pages/Home`],
    ]);
    expect(wordsOf(git ?? '')).toEqual([
      ...['git', 'clone', '-c', 'credential.useHttpPath=true', '-c', 'credential.username=alice', notes.git],
    ]);
  });

  it('holds no header where anybody may read', () => {
    const all = JSON.stringify(snippetsFor({ ...notes, credential: null }));

    expect(all).not.toMatch(/authorization|bearer|credential|wbt_/i);
    expect(all).toContain('git clone http://localhost:8080/@alice/notes.git');
  });

  it('names neither a page nor a repository where all wikis are meant', () => {
    expect(snippetsFor({ ...notes, rest: null, git: null })).toMatchObject({ curl: null, git: null });
  });

  it('stays one command whatever the address is', () => {
    const odd = 'http://[::1]:8080/@a/$(touch x)`y`\'"\\ ;&|b/mcp';
    const { claudeCode, json } = snippetsFor({ ...notes, mcp: odd });

    expect(wordsOf(claudeCode)[6]).toBe(odd);
    expect(JSON.parse(json)).toMatchObject({ mcpServers: { notes: { url: odd } } });
  });
});

describe('a word of a shell', () => {
  it.each([
    ...['plain', '', '-n', '*', '~', '#x', 'a b', "it's", '"', '$HOME', '`id`', '!!', '\\', 'a\nb', '%PATH%', '(x)'],
    ...['a;b', 'a&b', 'a|b', '<a>', 'ä', '[x]', '{a,b}', "'''", '\t'],
  ])('is read as it was: %j', (text) => {
    expect(wordsOf(shellWord(text))).toEqual([text]);
  });

  it('has quotes that all shells know where it needs some', () => {
    expect([shellWord('a/b:c@d.e-f'), shellWord('Authorization: Bearer wbt_x')]).toEqual([
      'a/b:c@d.e-f',
      '"Authorization: Bearer wbt_x"',
    ]);
  });
});
