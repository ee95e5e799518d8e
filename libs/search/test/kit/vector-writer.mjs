// A process that writes to a vector index, and says so after each write, until it is killed.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (name, context, next) => {
    const isOurs = name.startsWith('.') && name.endsWith('.js') && !context.parentURL?.includes('/node_modules/');
    return next(isOurs ? `${name.slice(0, -3)}.ts` : name, context);
  },
});

const { VectorIndex } = await import('../../src/vectors/vector-index.ts');
const { changeAt, writerKind } = await import('./vector-changes.ts');
const [, , folder] = process.argv;
const index = await VectorIndex.open(folder, writerKind);
for (let step = Number(index.position ?? -1) + 1; ; step += 1) {
  await index.write(changeAt(step));
  await index.compact();
  process.stdout.write(`${step}\n`);
}
