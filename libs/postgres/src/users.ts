import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postmaster.js';

/** The processes that use one embedded server: the last one out stops it. */
export class ServerUsers {
  private readonly mine: string;
  private guardian: ChildProcess | null = null;

  constructor(
    private readonly folder: string,
    private readonly dataDir: string,
  ) {
    this.mine = join(folder, `${process.pid}-${process.hrtime.bigint()}`);
  }

  /** Registers this process, with a guardian that signs it off and stops an unused server when it is killed. */
  enter(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(this.mine, `${process.pid}\n`, { mode: 0o600 });
    this.guardian = spawn('/bin/sh', ['-c', guardianScript, 'wikibot-guardian', this.mine, this.folder, this.dataDir], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.guardian.on('error', () => {});
    this.guardian.stdin?.on('error', () => {});
    this.guardian.unref();
    (this.guardian.stdin as unknown as { unref?: () => void }).unref?.();
  }

  /** Signs this process off; true when nobody else alive uses the server. */
  leave(): boolean {
    rmSync(this.mine, { force: true });
    this.guardian?.kill('SIGKILL');
    return this.others().length === 0;
  }

  private others(): string[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    return names.filter((name) => {
      if (isAlive(Number(name.split('-')[0]))) return true;
      rmSync(join(this.folder, name), { force: true });
      return false;
    });
  }
}

// The pipe closes when the process dies, however it dies. A shell costs a megabyte, a Node process forty.
const guardianScript = `
cat >/dev/null
rm -f "$1"
for file in "$2"/*; do
  [ -e "$file" ] || continue
  name=\${file##*/}
  if kill -0 "\${name%%-*}" 2>/dev/null; then exit 0; fi
  rm -f "$file"
done
pid=$(head -n 1 "$3/postmaster.pid" 2>/dev/null)
[ -n "$pid" ] && kill -INT "$pid" 2>/dev/null
`;
