import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import { type Acl, AclError } from '@lib/acl';
import { storageTrouble } from '@lib/git';
import { type ImportRecords, WikiError } from '@lib/wiki';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { ImportFolders } from '../imports/import-folders.js';
import { DoorError } from './door-error.js';
import { drain } from './drain.js';
import type { SignInGuard } from './sign-in.guard.js';

/** An archive that came with a form, and lies in the folder of the import of this id. */
export interface UploadedArchive {
  id: string;
  filename: string;
}

interface Given {
  acl: Acl;
  imports: ImportRecords;
  config: Config;
  signIn: SignInGuard;
}

const most = { files: 1, fields: 10, fieldSize: 4_096, parts: 12 };
const formBytes = 64 * 1024;
const uploaded = new WeakMap<FastifyRequest, UploadedArchive>();

/** Whether a request is to the address that takes archives. */
export const takesArchive = ({ url }: Pick<FastifyRequest, 'url'>): boolean => /^\/import(?:\?|$)/.test(url);

/** The archive that came with a form; whoever takes it sees to its end. */
export function takeArchive(request: FastifyRequest): UploadedArchive | null {
  const archive = uploaded.get(request) ?? null;
  uploaded.delete(request);
  return archive;
}

/**
 * Teaches the server to take archives to import: written to a file as they come, and nothing of them before it is known
 * who sends them. What no handler took is thrown away.
 */
export function registerArchiveUploads(server: FastifyInstance, given: Given): void {
  const folders = new ImportFolders(given.config);
  server.addHook('preParsing', async (request) => {
    const length = Number(request.headers['content-length'] ?? 0);
    if (takesArchive(request) && length > folders.limit + formBytes) throw tooLarge(folders.limit);
  });
  server.addHook('preValidation', async (request) => {
    if (!request.isMultipart() || !takesArchive(request)) return;
    try {
      await read(request, folders, given);
    } catch (error) {
      await discard(request, folders);
      drain(request.raw, folders.limit);
      throw isRefusal(error) ? error : new DoorError('malformed-request', 'The upload did not arrive whole.');
    }
  });
  server.addHook('onResponse', (request) => discard(request, folders));
}

async function read(request: FastifyRequest, folders: ImportFolders, given: Given): Promise<void> {
  const fields: Record<string, string> = {};
  request.body = fields;
  for await (const part of request.parts({ limits: { ...most, fileSize: folders.limit } })) {
    if (part.type === 'field') {
      if (typeof part.value === 'string' && !part.valueTruncated) fields[part.fieldname] = part.value;
      continue;
    }
    // The token stands before the file in our forms.
    const access = given.acl.requireAccount('wiki.create', await given.signIn.identify(request));
    // A field for a file into which nothing was put comes as a file without a name.
    if ((part.filename ?? '') === '') {
      part.file.resume();
      continue;
    }
    await given.imports.requireRoom(access);
    await write(request, part, folders);
    if (part.file.truncated) throw tooLarge(folders.limit);
  }
}

async function write(request: FastifyRequest, part: MultipartFile, folders: ImportFolders): Promise<void> {
  const id = randomUUID();
  uploaded.set(request, { id, filename: part.filename });
  const file = await folders.makeUpload(id);
  await pipeline(part.file, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
}

async function discard(request: FastifyRequest, folders: ImportFolders): Promise<void> {
  const archive = takeArchive(request);
  if (archive !== null) await folders.remove(archive.id);
}

/** What is no refusal of ours or of the package comes from the reader of forms, about what it was given. */
const isRefusal = (error: unknown): boolean =>
  [DoorError, AclError, WikiError].some((kind) => error instanceof kind) ||
  typeof (error as { statusCode?: unknown }).statusCode === 'number' ||
  storageTrouble(error) !== null;

const tooLarge = (limit: number) =>
  new DoorError('body-too-large', `What is uploaded to be imported may have ${limit} bytes.`);
