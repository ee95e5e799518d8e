import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aBrowser, chromiumPath } from '../kit/browser.js';
import { root } from './pages.js';

const has = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'wikibot-conf-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the example for nginx can be run here, and not only read. */
export const hasNginx = has('nginx', '-v') && has('openssl', 'version');

/** Puts a `server { … }` into a whole configuration, with a certificate of its own, and gives the path of it. */
export function nginxConfiguration(text: string, folder: string): string {
  const [key, pem, file] = [join(folder, 'key'), join(folder, 'pem'), join(folder, 'nginx.conf')];
  const wanted = ['-subj', '/CN=wiki.example.org', '-keyout', key, '-out', pem];
  spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...wanted]);
  const server = text.replaceAll(/\/etc\/ssl\/\S+\.pem/g, pem).replaceAll(/\/etc\/ssl\/\S+\.key/g, key);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const user = process.getuid?.() === 0 ? 'user root;\n' : '';
  const around = `${user}pid ${folder}/pid;\nerror_log stderr;\ndaemon off;\nevents {}\n`;
  writeFileSync(file, `${around}http {\naccess_log off;\n${places.join('\n')}\n${server}\n}\n`);
  return file;
}

/** What nginx says against a `server { … }`; where it is not installed, what its braces and semicolons do. */
export function nginxFaults(text: string): string[] {
  if (!hasNginx) return braceFaults(text, /^[^#{}]*[;{}]$/);
  return inFolder((folder) => {
    const file = nginxConfiguration(text, folder);
    const { status, stderr } = spawnSync('nginx', ['-t', '-p', folder, '-c', file], { encoding: 'utf8' });
    return status === 0 ? [] : [stderr];
  });
}

/** What Caddy says; where it is not installed, what its braces do. */
export function caddyFaults(text: string): string[] {
  if (!has('caddy', 'version')) return braceFaults(text, /^[\w.*:/ -]+ ?\{?$|^\}$/);
  return inFolder((folder) => {
    const file = join(folder, 'Caddyfile');
    writeFileSync(file, text);
    const { status, stderr } = spawnSync('caddy', ['adapt', '--validate', '--config', file], { encoding: 'utf8' });
    return status === 0 ? [] : [stderr];
  });
}

/** What systemd says against a unit, or what an eye would: each line is a section, a setting or a remark. */
export function unitFaults(text: string): string[] {
  const bad = text.split('\n').filter((line) => !/^(?:|\[\w+\]|[#;].*|\w+=.+)$/.test(line));
  if (bad.length > 0 || !has('systemd-analyze', '--version')) return bad;
  return inFolder((folder) => {
    const file = join(folder, 'wikibot.service');
    // The machine of the test has neither the folder nor the account.
    const here = text.replaceAll(/^User=.*$/gm, 'User=root').replaceAll(/^(ExecStart=)\S+/gm, '$1/bin/true');
    writeFileSync(file, here);
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    return stderr.split('\n').filter((line) => line.includes(file));
  });
}

/** What keeps a diagram from being drawn; it takes a browser to say. */
export async function mermaidFaults(text: string): Promise<string[]> {
  if (chromiumPath === undefined) return [];
  const browser = await aBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ path: join(root, 'node_modules/mermaid/dist/mermaid.min.js') });
    const drawn = `mermaid.render('drawn', ${JSON.stringify(text)}).then(({ svg }) => svg, (error) => String(error))`;
    const said = await page.evaluate<string>(drawn);
    return said.startsWith('<svg') ? [] : [said];
  } finally {
    await browser.close();
  }
}

function braceFaults(text: string, line: RegExp): string[] {
  const lines = text.split('\n').map((one) => one.trim());
  const bad = lines.filter((one) => one !== '' && !line.test(one));
  const open = text.split('{').length - text.split('}').length;
  return open === 0 ? bad : [...bad, `${open} braces are not closed`];
}
