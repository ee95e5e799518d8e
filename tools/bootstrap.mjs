// Runs before `npm start` and `npm test`: installs and builds what is missing or out of date. May run under an old system Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);
const bin = at('node_modules', '.bin');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`wikibot needs Node 20.19 or newer to install itself; this is ${process.version}.`);
  process.exit(1);
}

const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  npm_config_loglevel: 'error',
  // Native packages are built with the headers that the pinned runtime ships.
  npm_config_nodedir: at('node_modules', `node-${process.platform}-${process.arch}`),
};
// A production environment would leave the build tools out.
delete env.NODE_ENV;
delete env.npm_config_omit;
delete env.npm_config_include;

let child;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopping = true;
    if (child) child.kill(signal);
    else process.exit(143);
  });
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      child = undefined;
      if (stopping) process.exit(143);
      if (code === 0) resolve();
      else reject(new Error(`${args.join(' ')} ended with ${code ?? signal}`));
    });
  });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

// Tests and the embedding model do not change what is built.
const skipped = new Set(['model', 'test', 'testing']);
function sourcesIn(dir) {
  if (!existsSync(at(dir))) return [];
  const entries = readdirSync(at(dir), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesIn(join(dir, entry.name));
    return entry.name.endsWith('.spec.ts') ? [] : [join(dir, entry.name)];
  });
}

function dependencyHash() {
  const manifest = JSON.parse(read(at('package.json')));
  const { allowScripts, dependencies, optionalDependencies, devDependencies, overrides } = manifest;
  const wanted = { allowScripts, dependencies, optionalDependencies, devDependencies, overrides };
  return hash([read(at('package-lock.json')), JSON.stringify(wanted), process.platform, process.arch]);
}

async function installIfStale() {
  const wanted = dependencyHash();
  const stamp = at('node_modules', '.bootstrap-stamp');
  if (read(stamp) === wanted) return wanted;
  console.log('Installing packages (once, about a minute)…');
  const args = ['ci', '--include=dev', '--include=optional'];
  if (process.env.npm_execpath) await run(process.execPath, [process.env.npm_execpath, ...args]);
  else await run('npm', args);
  writeFileSync(stamp, wanted);
  return wanted;
}

async function buildIfStale(installed, { name, sources, configs, steps }) {
  const inputs = [...configs, ...sources.flatMap(sourcesIn)];
  const wanted = hash([installed, ...inputs.flatMap((file) => [file, read(at(file))])]);
  const stamp = at('dist', `.${name}-stamp`);
  if (read(stamp) === wanted && existsSync(at('dist', name))) return;
  console.log(`Building ${name}…`);
  const node = existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath;
  for (const args of steps) await run(node, args);
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

const builds = [
  {
    name: 'api',
    sources: ['apps/api', 'libs'],
    configs: ['nest-cli.json', 'tsconfig.json', 'tools/bundle-server.mjs'],
    steps: [['node_modules/@nestjs/cli/bin/nest.js', 'build', 'api'], ['tools/bundle-server.mjs']],
  },
  {
    name: 'web',
    sources: ['apps/web'],
    configs: ['tools/build-web.mjs'],
    steps: [['tools/build-web.mjs']],
  },
  {
    name: 'admin',
    sources: ['apps/admin'],
    configs: ['angular.json'],
    steps: [['node_modules/@angular/cli/bin/ng.js', 'build', 'admin']],
  },
];

try {
  const installed = await installIfStale();
  for (const build of builds) await buildIfStale(installed, build);
} catch (error) {
  console.error(`wikibot could not be prepared: ${error.message}`);
  process.exit(1);
}
