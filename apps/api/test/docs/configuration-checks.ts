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

/** What nginx says against a `server { … }`; where it is not installed, what its braces and semicolons do. */
export function nginxFaults(text: string): string[] {
  if (!has('nginx', '-v') || !has('openssl', 'version')) return braceFaults(text, /^[^#{}]*[;{}]$/);
  return inFolder((folder) => {
    const [key, pem, conf] = [join(folder, 'key'), join(folder, 'pem'), join(folder, 'nginx.conf')];
    const subject = ['-subj', '/CN=wiki.example.org', '-keyout', key, '-out', pem];
    spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      ...subject,
    ]);
    const server = text.replaceAll(/\/etc\/ssl\/\S+\.pem/g, pem).replaceAll(/\/etc\/ssl\/\S+\.key/g, key);
    writeFileSync(conf, `pid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${server}\n}\n`);
    const { status, stderr } = spawnSync('nginx', ['-t', '-p', folder, '-c', conf], { encoding: 'utf8' });
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
