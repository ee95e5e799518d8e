import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { gitRoom } from './built.ts';

const who = { name: 'Bench', email: 'bench@example.org' };

/** A copy of a repository, opened by the git room as the server opens it. */
export async function openOwn(source: string, folder: string) {
  const { Repositories, Funnel } = await gitRoom();
  const root = await mkdtemp(join(folder, 'own-'));
  const id = randomUUID();
  await mkdir(join(root, id));
  await cp(source, join(root, id, 'repo.git'), { recursive: true });
  const repository = await new Repositories({ root }).open(id);
  const funnel = new Funnel();
  return {
    root,
    id,
    repository,
    /** One commit that changes one page. */
    edit: (path: string, text: string) =>
      funnel.write(repository, { actor: '', door: 'bench', agent: null }, async () => ({
        edits: [{ path: `${path}.md`, content: Buffer.from(text) }],
        message: 'Edit a page',
        author: who,
        committer: who,
      })),
  };
}
