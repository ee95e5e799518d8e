import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { packed } from './packing.js';

function file(path: string, content: string): File {
  const made = new File([content], path.split('/').at(-1) ?? '');
  return Object.defineProperty(made, 'webkitRelativePath', { value: path });
}

async function unpacked(archive: File): Promise<Record<string, string>> {
  const entries = extract();
  entries.end(new Uint8Array(await archive.arrayBuffer()));
  const found: Record<string, string> = {};
  for await (const entry of entries) {
    const reader = new TextDecoder();
    let text = '';
    for await (const chunk of entry as AsyncIterable<Uint8Array>) text += reader.decode(chunk, { stream: true });
    found[entry.header.name] = text;
  }
  return found;
}

describe('a folder that is packed in the browser', () => {
  it('is a tar archive of its files, whatever they are called', async () => {
    const long = `Vault/${'a long folder/'.repeat(20)}note.md`;
    const contents = {
      'Vault/Home.md': '# Home\n',
      'Vault/empty.md': '',
      'Vault/Ähren und 麦.md': 'x'.repeat(512),
      [long]: 'far below',
    };
    const archive = packed(Object.entries(contents).map(([path, text]) => file(path, text)));

    expect(archive?.name).toBe('Vault.tar');
    expect(await unpacked(archive as File)).toEqual(contents);
  });

  it('is without what programs left in it, and nothing when nothing is left', async () => {
    const litter = ['.git/HEAD', '.obsidian/app.json', 'Sub/.DS_Store', '.trash/old.md'];
    const files = litter.map((path) => file(`Vault/${path}`, 'x'));

    expect(await unpacked(packed([...files, file('Vault/.gitignore', 'x')]) as File)).toEqual({
      'Vault/.gitignore': 'x',
    });
    expect(packed(files)).toBeNull();
  });
});
