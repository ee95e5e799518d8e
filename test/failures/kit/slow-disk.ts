import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Why no process can be given a slow disk here; null when one can. */
export function noSlowDisk(): string | null {
  const flags = ['-f', '-e', 'trace=fdatasync', '-e', 'inject=fdatasync:delay_enter=1', '-o', '/dev/null', 'true'];
  return spawnSync('strace', flags).status === 0 ? null : 'no strace that may trace and delay';
}

/** While it lasts, each sync of a running process takes so much longer. */
export class SlowDisk {
  private constructor(private readonly tracer: ChildProcess) {}

  static async under(pid: number, { delayMs }: { delayMs: number }): Promise<SlowDisk> {
    const delay = `inject=fdatasync,fsync:delay_enter=${delayMs * 1_000}`;
    const flags = ['-f', '-p', `${pid}`, '-e', 'trace=fdatasync,fsync', '-e', delay, '-o', '/dev/null'];
    const tracer = spawn('strace', flags, { stdio: ['ignore', 'ignore', 'pipe'] });
    await once(tracer.stderr, 'data');
    return new SlowDisk(tracer);
  }

  async end(): Promise<void> {
    if (this.tracer.exitCode !== null || this.tracer.signalCode !== null) return;
    const gone = once(this.tracer, 'exit');
    this.tracer.kill('SIGINT');
    await gone;
  }
}
