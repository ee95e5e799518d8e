import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './pairs.ts';

/** What the figures were taken on. */
export interface Machine {
  cpu: string;
  cores: number;
  memory_gib: number;
  kernel: string;
  node: string;
  git: string;
  /** Median of 50 writes of 4 KiB, each made durable. */
  fsync_ms: number;
  load_before: number;
}

export function describeMachine(scratch: string): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
    node: process.version,
    git: execFileSync('git', ['version'], { encoding: 'utf8' }).trim(),
    fsync_ms: Math.round(fsyncMs(scratch) * 100) / 100,
    load_before: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

function fsyncMs(scratch: string): number {
  const file = join(scratch, 'fsync-probe');
  const bytes = Buffer.alloc(4096, 7);
  const times = Array.from({ length: 50 }, () => {
    const started = performance.now();
    const fd = openSync(file, 'w');
    writeSync(fd, bytes);
    fdatasyncSync(fd);
    closeSync(fd);
    return performance.now() - started;
  });
  rmSync(file);
  return median(times);
}

/** Processes that came of one, itself included. */
export function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [
    pid,
    ...children
      .split(' ')
      .filter(Boolean)
      .flatMap((child) => family(Number(child))),
  ];
}

/** Memory of a process counted once, shared pages by their part: `Pss` of proc(5), in MB. */
export function pssMb(pid: number): number {
  const kib = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

export const commandOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
