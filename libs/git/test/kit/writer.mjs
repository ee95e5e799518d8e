// A process that edits one page of a repository: many writers at once, each edit a line of its own.
// Prints the line of every edit that was acknowledged.
import './source-hook.mjs';

const { Funnel, Repositories } = await import('../../src/index.ts');
const [, , root, id, name, writers, edits] = process.argv;
const repository = await new Repositories({ root }).open(id);
const funnel = new Funnel();
const person = { name, email: `${name}@example.org` };

const append = (line) =>
  funnel.write(repository, { actor: name, door: 'rest', agent: null }, async (base) => {
    const entry = base.tip === null ? null : await base.entry(base.tip, 'shared.md');
    const before = entry === null ? '' : (await base.blob(entry.oid)).toString();
    const edit = { path: 'shared.md', content: Buffer.from(`${before}${line}\n`) };
    return { edits: [edit], message: line, author: person, committer: person };
  });

const write = async (writer) => {
  for (let i = 0; i < Number(edits); i += 1) {
    const line = `${name} ${writer} ${i}`;
    await append(line);
    process.stdout.write(`${line}\n`);
  }
};
await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
