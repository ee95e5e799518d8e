import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listWikis } from './list-wikis.js';
import { listed } from './new-server.js';
import { servedTools } from './served-tools.js';
import { tools } from './tools/index.js';
import { wikiName } from './wiki-name.js';

const known = [
  ...['read_note', 'write_note', 'edit_note', 'list_notes', 'search_notes', 'semantic_search', 'get_links'],
  ...['get_recent_changes', 'get_history', 'rename_note', 'delete_note', 'find_orphaned_notes'],
  ...['list_attachments', 'upload_attachment', 'download_attachment', 'delete_attachment'],
];

const asListed = (tool: Parameters<typeof listed>[0]) => {
  const { inputSchema, outputSchema, ...told } = listed(tool);
  const target = 'draft-2020-12';
  return {
    ...told,
    inputSchema: inputSchema['~standard'].jsonSchema.input({ target }),
    outputSchema: outputSchema['~standard'].jsonSchema.output({ target }),
  };
};
const ofWiki = tools.map(asListed);
const ofAccount = [listWikis, ...tools.map((tool) => ({ ...tool, input: tool.input.safeExtend({ wiki: wikiName }) }))];

describe('the list of tools', () => {
  it('has the known tools under their known names, and few more', () => {
    expect(tools.map(({ name }) => name)).toEqual([...known, 'garden_report', 'batch_write', 'restore_note']);
    expect(ofAccount.length).toBeLessThanOrEqual(20);
  });

  it('costs little of the context of a model', () => {
    expect(JSON.stringify({ tools: ofWiki }).length).toBeLessThanOrEqual(24_000);
    expect(JSON.stringify({ tools: ofAccount.map(asListed) }).length).toBeLessThanOrEqual(24_000);
  });

  it.each([listWikis, ...tools].map((tool) => [tool.name, tool] as const))(
    '%s says what, returns and next',
    (_, tool) => {
      const { description } = tool;

      expect(description).toMatch(/^[A-Z][^.]+[.:]/);
      expect(description).toMatch(/ Returns? .+\. Next: .+\.$/);
      expect(tool.title).not.toBe('');
      expect(tool.annotations.openWorldHint).toBe(false);
    },
  );

  it.each(tools.map((tool) => [tool.name, tool] as const))('%s describes its parameters', (_, tool) => {
    const { properties = {} } = z.toJSONSchema(tool.input, { io: 'input' });
    const plain = new Set(['order', 'operations']);
    const silent = Object.entries(properties).filter(
      ([, property]) => (property as { description?: string }).description === undefined,
    );

    expect(silent.map(([name]) => name).filter((name) => !plain.has(name))).toEqual([]);
  });

  it('is told to the usage guide with one sentence for each tool', () => {
    expect(servedTools.list().map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    for (const { summary } of servedTools.list()) expect(summary).toMatch(/^[A-Z][^.:]{10,120}\.$/);
  });
});
