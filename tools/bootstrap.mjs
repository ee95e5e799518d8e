// Runs before `npm start` and `npm test`: installs and builds what is missing or out of date. May run under an old system Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...p) => join(root, ...p);
const read = (f) => {
  try {
    return readFileSync(f, 'utf8');
  } catch {
    return '';
  }
};
const hash = (parts) => {
  const h = createHash('sha256');
  for (const p of parts) h.update(p).update('\0');
  return h.digest('hex');
};
const bin = at('node_modules', '.bin');
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  npm_config_loglevel: 'error',
  npm_config_nodedir: at('node_modules', `node-${process.platform}-${process.arch}`),
};
delete env.NODE_ENV;
delete env.npm_config_omit;
delete env.npm_config_include;

let child;
let stopping = false;
for (const s of ['SIGINT', 'SIGTERM'])
  process.on(s, () => {
    stopping = true;
    child ? child.kill(s) : process.exit(143);
  });
const run = (cmd, args) =>
  new Promise((ok, bad) => {
    child = spawn(cmd, args, { cwd: root, env, stdio: 'inherit' });
    child.on('error', bad);
    child.on('exit', (code, signal) => {
      child = undefined;
      if (stopping) process.exit(143);
      code === 0 ? ok() : bad(new Error(`${args.join(' ')} ended with ${code ?? signal}`));
    });
  });
const files = (dir) =>
  readdirSync(at(dir), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((e) => (e.isDirectory() ? (e.name === 'model' ? [] : files(join(dir, e.name))) : [join(dir, e.name)]));

const { allowScripts, dependencies, optionalDependencies, devDependencies, overrides } = JSON.parse(
  read(at('package.json')),
);
const installed = hash([
  read(at('package-lock.json')),
  JSON.stringify({ allowScripts, dependencies, optionalDependencies, devDependencies, overrides }),
  process.platform,
  process.arch,
]);
const installStamp = at('node_modules', '.bootstrap-stamp');
if (read(installStamp) !== installed) {
  console.log('Installing packages (once, about a minute)…');
  await run(process.execPath, [process.env.npm_execpath, 'ci', '--include=dev', '--include=optional']);
  writeFileSync(installStamp, installed);
}
const node = existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath;
for (const [name, sources, configs, args] of [
  [
    'api',
    ['apps/api', 'libs'],
    ['nest-cli.json', 'tsconfig.json'],
    ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'api'],
  ],
  ['admin', ['apps/admin'], ['angular.json'], ['node_modules/@angular/cli/bin/ng.js', 'build', 'admin']],
]) {
  const built = hash([installed, ...[...configs, ...sources.flatMap(files)].flatMap((f) => [f, read(at(f))])]);
  const stamp = at('dist', `.${name}-stamp`);
  if (read(stamp) === built && existsSync(at('dist', name))) continue;
  console.log(`Building ${name}…`);
  await run(node, args);
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, built);
}
