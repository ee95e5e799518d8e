import { describe, expect, it } from 'vitest';
import { connectionOf, connectionOfClaude } from './client-settings.js';
import { answerFaults } from './shown-answers.js';

describe('how the documentation is tried', () => {
  it.each([
    ['json', '{ "path": "A" }', '{"path":"B"}'],
    ['json', '{ "path": "A" }', '{}'],
    ['json', '{ "path": "…" }', '{}'],
    ['json', '{ "links": [] }', '{}'],
    ['json', '{ "pages": [{ "path": "A" }] }', '{"pages":[]}'],
    ['json', '{ "agent": null }', '{"agent":"laptop"}'],
    ['json', '{ "text": "a…c" }', '{"text":"ab"}'],
    ['text', 'All is well.', 'One to mend.'],
    ['text', 'first\nsecond', 'second\nfirst'],
  ])('a %s answer %j is not %j', (language, shown, came) => {
    expect(answerFaults(shown, language, came)).toHaveLength(1);
  });

  it.each([
    ['json', '{ "path": "…", "next": "…" }', '{"path":"A","next":null,"more":1}'],
    ['json', '{ "pages": [{ "path": "Meta/…" }] }', '{"pages":[{"path":"Meta/Guide"},{}]}'],
    ['text', 'first\n…\nlast', 'first\nsecond\nlast'],
    ['text', 'data: {…"text":"…', 'event: message\ndata: {"id":1,"text":"x"}'],
  ])('a %s answer %j fits %j', (language, shown, came) => {
    expect(answerFaults(shown, language, came)).toEqual([]);
  });

  it('settings of clients are read as the clients read them', () => {
    const connection = { url: 'https://wiki.example/mcp', token: 'wbt_a' };
    const http = (value: string) =>
      JSON.stringify({ mcpServers: { notes: { url: connection.url, headers: { Authorization: value } } } });
    const args = ['mcp', 'add', '--transport', 'http', 'notes', connection.url, '--header'];

    expect(connectionOf(http('Bearer ${WIKI_TOKEN}'), 'wbt_a')).toEqual(connection);
    expect(() => connectionOf(http('Bearer ${OTHER}'), 'wbt_a')).toThrow('No token is sent');
    // VS Code asks only for what is among the inputs.
    expect(() => connectionOf(http('Bearer ${input:token}'), 'wbt_a')).toThrow('No token is sent');
    expect(connectionOfClaude([...args, 'Authorization: Bearer wbt_a'])).toEqual(connection);
    expect(() => connectionOfClaude([...args, 'Authorization: wbt_a'])).toThrow('No token is sent');
    expect(() => connectionOfClaude(['mcp', 'add', ...args.slice(4), 'Authorization: Bearer wbt_a'])).toThrow(
      'not called so',
    );
  });
});
