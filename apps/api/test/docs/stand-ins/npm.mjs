// Runs a script as npm does: from the folder of package.json, with what stands behind `--`.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [command = '', ...rest] = process.argv.slice(2);
const words = command === 'run' ? rest.filter((word, index) => word !== '--silent' || index > 0) : [command, ...rest];
const [name = '', ...given] = words;
const args = given[0] === '--' ? given.slice(1) : given;

let folder = process.cwd();
while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
const script = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).scripts[name];
if (script === undefined || (given.length > 0 && given[0] !== '--')) {
  console.error(`npm would not run: ${process.argv.slice(2).join(' ')}`);
  process.exit(1);
}
if (/^(?:test|bench|check)/.test(name)) {
  appendFileSync(process.env.CALLS, ['npm', name, ...args].join('\u001f') + '\u001e');
} else {
  const child = spawn('sh', ['-c', `${script} "$@"`, 'sh', ...args], { cwd: folder, stdio: 'inherit' });
  // The program gets these itself, since it is of the same group.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
  child.on('exit', (code) => process.exit(code ?? 1));
}
