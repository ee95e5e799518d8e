import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GitClient } from '../kit/git-client.js';

const otter = {
  'home.md': '# Home\n\nSee [[The river|River/Tide]] and [map](/River/Tide/map.csv).\n',
  'River/Tide.md': '# Tide\n\n::: info\nTwice a day.\n:::\n\n[[Home]], [[A page that is missing|Missing]]\n',
  'River/Tide/map.csv': 'a,b\n1,2\n',
};
const gollum = {
  'Home.md': '# Home\n\n[[the ring bearer|Frodo Baggins]]\n',
  'People/Frodo-Baggins.md': '# Frodo Baggins\n\nBack [[Home]].\n',
  '_Sidebar.md': '[[Home]]\n',
};
const wikiJs = {
  'home.md':
    '---\ntitle: Home\ndescription: Where we begin\npublished: true\ntags: team, start\n---\n\n[Rota](/team/rota)\n',
  'team/rota.md': '---\ntitle: Rota\n---\n\n# Rota\n\n![](/team/plan.svg) [Home](/home)\n',
  'team/plan.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
};
const vault = {
  'Welcome.md': '---\ntags: [start]\n---\n\n# Welcome\n\n[[Oystercatcher|the bird]] ![[attachments/map.svg]]\n',
  'Birds/Oystercatcher.md': '# Oystercatcher\n\n> [!note]\n> Seen at low tide. [[Welcome]]\n',
  'attachments/map.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
  '.obsidian/app.json': '{}\n',
};

/** What people have before they move here, by the page that tells how; each gives the path of it. */
export const sources: Record<string, (home: string) => Promise<string>> = {
  'docs/moving/otter-wiki.md': (home) => aRepository(join(home, 'otter'), otter),
  'docs/moving/gollum-and-github.md': (home) => aRepository(join(home, 'gollum'), gollum),
  'docs/moving/wiki-js.md': (home) => aRepository(join(home, 'wikijs'), wikiJs),
  'docs/moving/obsidian.md': (home) => aFolder(join(home, 'Vault'), vault),
};

async function aFolder(folder: string, files: Record<string, string>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

async function aRepository(folder: string, files: Record<string, string>): Promise<string> {
  await aFolder(folder, files);
  const git = await GitClient.create();
  await git.run(['init', '--quiet', '--initial-branch=main'], folder);
  for (const path of Object.keys(files)) {
    await git.run(['add', '--', path], folder);
    await git.run(['commit', '--quiet', '--message', `Add ${path}`], folder);
  }
  await git.remove();
  return folder;
}
