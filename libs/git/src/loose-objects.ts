import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { corrupt, tooLarge } from './git-errors.js';
import { inflateExactly, inflateHead } from './inflate.js';
import type { GitObject, ObjectType, Oid } from './objects.js';

const headBytes = 4096;
const smallBytes = 256 << 10;

export const looseFile = (objects: string, oid: Oid): string => join(objects, oid.slice(0, 2), oid.slice(2));

/** Type and size from the first bytes of a loose object; null when there is no such file. */
export function looseHeader(objects: string, oid: Oid): { type: ObjectType; size: number; length: number } | null {
  let fd: number;
  try {
    fd = openSync(looseFile(objects, oid), 'r');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
  try {
    if (!fstatSync(fd).isFile()) throw corrupt(`loose object ${oid} is no file`);
    const start = Buffer.alloc(headBytes);
    const read = readSync(fd, start, 0, headBytes, 0);
    return parseHeader(oid, start.subarray(0, read));
  } finally {
    closeSync(fd);
  }
}

function parseHeader(oid: Oid, bytes: Buffer): { type: ObjectType; size: number; length: number } {
  const start = inflateHead(bytes, `loose object ${oid}`);
  const nul = start.subarray(0, 32).indexOf(0);
  const match = /^(commit|tree|blob|tag) (\d{1,15})$/.exec(start.toString('latin1', 0, Math.max(nul, 0)));
  if (nul === -1 || match === null) throw corrupt(`loose object ${oid} has no header`);
  return { type: match[1] as ObjectType, size: Number(match[2]), length: nul + 1 };
}

/** Reads a loose object; null when there is none. */
export async function readLoose(objects: string, oid: Oid, maxBytes: number): Promise<GitObject | null> {
  const header = looseHeader(objects, oid);
  if (header === null) return null;
  if (header.size > maxBytes) throw tooLarge('The object', header.size, maxBytes);
  const bytes = await contentsOf(looseFile(objects, oid));
  if (bytes === null) return null;
  const whole = await inflateExactly(bytes, header.length + header.size, `loose object ${oid}`);
  return { type: header.type, bytes: whole.subarray(header.length) };
}

/** A small file is read at once: in the thread pool it would wait behind every write that is being made durable. */
async function contentsOf(file: string): Promise<Buffer | null> {
  try {
    return statSync(file).size <= smallBytes ? readFileSync(file) : await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Ids of loose objects that begin with a hexadecimal prefix of at least two digits. */
export function looseByPrefix(objects: string, prefix: string): Oid[] {
  const folder = prefix.slice(0, 2);
  try {
    const names = readdirSync(join(objects, folder));
    return names
      .filter((name) => /^[0-9a-f]{38}$/.test(name) && (folder + name).startsWith(prefix))
      .map((n) => folder + n);
  } catch {
    return [];
  }
}
