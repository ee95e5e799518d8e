// A process that has texts embedded, and waits to be killed.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (name, context, next) => {
    const isOurs = name.startsWith('.') && name.endsWith('.js') && !context.parentURL?.includes('/node_modules/');
    return next(isOurs ? `${name.slice(0, -3)}.ts` : name, context);
  },
});

const { EmbeddingProcess } = await import('../../src/embedding/embedding-process.ts');
const [, , modelDir] = process.argv;
const text = 'what is embedded while nobody listens any more '.repeat(40);
const child = new EmbeddingProcess(
  { modelDir, threads: 1 },
  {
    ready: () => {
      for (let id = 0; id < 100_000; id += 1) child.ask({ id, lane: 'bulk', text });
      process.stdout.write(`${child.pid}\n`);
    },
    failed: (reason) => process.stdout.write(`${reason}\n`),
    vector: () => {},
    refused: () => {},
    ended: () => {},
  },
);
