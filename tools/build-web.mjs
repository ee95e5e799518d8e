// Builds the styles and scripts of the web pages into dist/web, under names that hold the hash of what is in them.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const source = join(root, 'apps/web');
const target = join(root, 'dist/web');

/** The scripts and styles that pages name; what they import comes along. */
const scripts = [
  'site',
  'connect',
  'new-wiki',
  'diagram-frame',
  'editor',
  'files',
  'graph',
  'graph-layout',
  'imports',
  'passkeys',
];
const entries = [...scripts.map((name) => `src/${name}.ts`), 'styles/site.css'];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const { metafile } = await build({
  entryPoints: entries.map((entry) => join(source, entry)),
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  minify: true,
  outdir: target,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.woff2': 'file' },
  metafile: true,
  absWorkingDir: root,
});

const names = {};
for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
  // What is imported when it is needed has an entry point too; pages do not name it.
  const isNamed = entries.some((entry) => entryPoint === `apps/web/${entry}`);
  if (isNamed) names[basename(entryPoint).replace(/\.ts$/, '.js')] = basename(path);
}
for (const file of readdirSync(join(source, 'public'))) {
  const bytes = readFileSync(join(source, 'public', file));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
  const name = `${basename(file, extname(file))}-${hash}${extname(file)}`;
  writeFileSync(join(target, name), bytes);
  names[file] = name;
}
writeFileSync(join(target, 'manifest.json'), `${JSON.stringify(names, null, 2)}\n`);
