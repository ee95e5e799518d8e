import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** One system call that returned, as strace wrote it; calls are in the order in which they returned. */
export interface Call {
  name: string;
  /** Arguments as strace writes them. */
  args: string[];
  result: string;
  /** How many calls had returned when this one began. */
  begunAfter: number;
}

const traced = [
  'openat,open,creat,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,copy_file_range,sync_file_range',
  'fsync,fdatasync,sync,syncfs,rename,renameat,renameat2,link,linkat,unlink,unlinkat,symlink,mkdir,mkdirat,rmdir,lseek',
].join(',');

/** True when strace is installed and may trace here. */
export const canTrace = (): boolean => spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** Runs a program and records what it and its children did to files. */
export async function traceOf(file: string, program: string, args: string[]): Promise<Call[]> {
  const flags = ['-f', '--seccomp-bpf', '-y', '-xx', '-s', `${4 << 20}`, '-e', `trace=${traced}`, '-o', file];
  await promisify(execFile)('strace', [...flags, program, ...args], { maxBuffer: 1 << 26 });
  return callsOf(await readFile(file, 'latin1'));
}

function callsOf(text: string): Call[] {
  const calls: Call[] = [];
  const begun = new Map<string, { head: string; begunAfter: number }>();
  for (const line of text.split('\n')) {
    const [, process = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(rest);
    if (unfinished !== null) {
      begun.set(process, { head: unfinished[1] ?? '', begunAfter: calls.length });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const before = resumed === null ? undefined : begun.get(process);
    const call = callOf(`${before?.head ?? ''}${resumed?.[1] ?? rest}`);
    if (call !== null) calls.push({ ...call, begunAfter: before?.begunAfter ?? calls.length });
  }
  return calls;
}

/** Null for what is no call, or one that failed. */
function callOf(line: string): Omit<Call, 'begunAfter'> | null {
  const [, name = '', inside = '', result = ''] = /^(\w+)\((.*)\)\s+= (.*)$/.exec(line) ?? [];
  if (name === '' || result.startsWith('-1') || result === '?') return null;
  return { name, args: inside.split(', '), result };
}

/** The path that `-y` writes behind a descriptor, or a quoted string; both come in hexadecimal. */
export const pathIn = (argument: string): string =>
  /^\d+</.test(argument) || argument.startsWith('AT_FDCWD<')
    ? bytesOf(argument.slice(argument.indexOf('<') + 1, argument.lastIndexOf('>'))).toString('utf8')
    : bytesOf(argument).toString('utf8');

export function bytesOf(argument: string): Buffer {
  const plain = argument.replace(/^"/, '').replace(/"(\.\.\.)?$/, '');
  return plain.startsWith('\\x') ? Buffer.from(plain.replaceAll('\\x', ''), 'hex') : Buffer.from(plain, 'latin1');
}
