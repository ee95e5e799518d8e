import { isAbsolute, resolve } from 'node:path';
import { Disk } from './disk.js';
import { bytesOf, type Call, pathIn } from './trace.js';

/** Does to a disk of ours what the calls did to the real one, one call after the other. */
export class Replay {
  readonly disk: Disk;
  /** What was acknowledged so far. */
  readonly acknowledged: string[] = [];
  private readonly positions = new Map<string, number>();
  private readonly appending = new Set<string>();

  constructor(root: string) {
    this.disk = new Disk(root);
  }

  /** True when the call changed the disk or what is known of it. */
  apply({ name, args, result, begunAfter }: Call, at: number): boolean {
    const plain = name.replace(/at2?$/, '').replace(/64$/, '');
    if (plain === 'write' && args[0]?.startsWith('1<')) return this.hear(bytesOf(args[1] ?? '').toString('utf8'));
    const paths = this.pathsOf(plain, name, args);
    if (!paths.some((path) => this.disk.isHere(path))) return false;
    const [path = '', target = ''] = paths;
    switch (plain) {
      case 'open':
        return this.open(pathIn(result), args.find((argument) => argument.startsWith('O_')) ?? '', { result, at });
      case 'write':
        return this.write(path, args[0] ?? '', bytesOf(args[1] ?? ''), at);
      case 'pwrite':
        return this.put(path, bytesOf(args[1] ?? ''), Number(args[3]), at);
      case 'lseek':
        this.positions.set(args[0] ?? '', Number(result));
        return false;
      case 'ftruncate':
        this.disk.write(path, (this.disk.contents(path) ?? Buffer.alloc(0)).subarray(0, Number(args[1])), at);
        return true;
      case 'fsync':
      case 'fdatasync':
        this.disk.sync(path, begunAfter);
        return true;
      case 'mkdir':
        this.disk.create(path, 'folder', at);
        return true;
      case 'rename':
        this.disk.rename(path, target, at);
        return true;
      case 'link':
        this.disk.link(path, target, at);
        return true;
      case 'unlink':
      case 'rmdir':
        this.disk.unlink(path, at);
        return true;
      default:
        throw new Error(`What ${name} does to a disk is not known here.`);
    }
  }

  private hear(said: string): boolean {
    const commits = [...said.matchAll(/^acknowledged ([0-9a-f]{40})$/gm)].map(([, commit = '']) => commit);
    this.acknowledged.push(...commits);
    return commits.length > 0;
  }

  private pathsOf(plain: string, name: string, args: string[]): string[] {
    if (plain === 'open') return [pathAt(args, name === 'openat' ? 0 : -1)];
    if (['rename', 'link'].includes(plain)) {
      return name === plain ? [pathAt(args, -1), pathAt(args.slice(1), -1)] : [pathAt(args, 0), pathAt(args, 2)];
    }
    if (['mkdir', 'unlink', 'rmdir'].includes(plain)) return [pathAt(args, name === plain ? -1 : 0)];
    return [pathIn(args[0] ?? '')];
  }

  private open(path: string, flags: string, { result, at }: { result: string; at: number }): boolean {
    this.positions.set(result, 0);
    this.appending.delete(result);
    if (flags.includes('O_APPEND')) this.appending.add(result);
    if (this.disk.find(path) === null) {
      if (flags.includes('O_CREAT')) this.disk.create(path, 'file', at);
      return flags.includes('O_CREAT');
    }
    if (!flags.includes('O_TRUNC')) return false;
    this.disk.write(path, Buffer.alloc(0), at);
    return true;
  }

  private write(path: string, descriptor: string, bytes: Buffer, at: number): boolean {
    const end = this.disk.contents(path)?.length ?? 0;
    const position = this.appending.has(descriptor) ? end : (this.positions.get(descriptor) ?? 0);
    this.positions.set(descriptor, position + bytes.length);
    return this.put(path, bytes, position, at);
  }

  private put(path: string, bytes: Buffer, position: number, at: number): boolean {
    const before = this.disk.contents(path) ?? Buffer.alloc(0);
    const after = Buffer.alloc(Math.max(before.length, position + bytes.length));
    before.copy(after);
    bytes.copy(after, position);
    this.disk.write(path, after, at);
    return true;
  }
}

/** The path of an `…at` call (the descriptor it is relative to comes before it) or of a plain one (`index` -1). */
function pathAt(args: string[], index: number): string {
  const path = pathIn(args[index + 1] ?? '');
  return isAbsolute(path) || index < 0 ? path : resolve(pathIn(args[index] ?? ''), path);
}
