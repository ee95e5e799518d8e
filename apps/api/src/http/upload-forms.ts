import fastifyMultipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { takesArchive } from './archive-uploads.js';
import { DoorError } from './door-error.js';
import { drain } from './drain.js';
import type { SessionCookies } from './session-cookies.js';

/** A file of a form; `bytes` is null when it had more than a file may have. */
export interface UploadedFile {
  filename: string;
  bytes: Buffer | null;
}

/** How much a form may bring. */
export interface UploadLimits {
  fileBytes: number;
  /** All files of one form together; they are in memory until they are stored. */
  formBytes: number;
}

const most = { files: 50, fields: 20, fieldBytes: 64 * 1024 };
const takesFiles = /^\/~wiki\/-\/(?:files|attachment)(?:[/?]|$)/;
const uploaded = new WeakMap<FastifyRequest, UploadedFile[]>();

/** The files that came with a form. */
export const filesOf = (request: FastifyRequest): UploadedFile[] => uploaded.get(request) ?? [];

/** Teaches the server forms with files, at the addresses that take them; elsewhere they are refused as before. */
export async function registerUploadForms(
  server: FastifyInstance,
  limits: UploadLimits,
  cookies: SessionCookies,
): Promise<void> {
  const { files, fields, fieldBytes: fieldSize } = most;
  const parser = { files, fields, fieldSize, parts: files + fields, fileSize: limits.fileBytes };
  await server.register(fastifyMultipart, { limits: parser, throwFileSizeLimit: false });
  server.addHook('preParsing', async (request) => {
    if (!isMultipart(request) || request.method === 'GET' || request.method === 'HEAD') return;
    if (takesArchive(request)) return;
    if (!takesFiles.test(request.url))
      throw new DoorError('media-type-not-supported', 'Send JSON as application/json.');
    if (Number(request.headers['content-length'] ?? 0) > limits.formBytes) throw tooLarge(limits);
  });
  server.addHook('preValidation', async (request) => {
    if (!request.isMultipart() || takesArchive(request)) return;
    try {
      await read(request, limits, cookies);
    } catch (error) {
      drain(request.raw, limits.formBytes);
      throw isRefusal(error) ? error : new DoorError('malformed-request', 'The form cannot be read.');
    }
  });
}

const isMultipart = ({ headers }: FastifyRequest): boolean =>
  /^\s*multipart\/form-data\b/i.test(headers['content-type'] ?? '');

/** What is no refusal of ours or of the package comes from the reader of forms, about what it was given. */
const isRefusal = (error: unknown): boolean =>
  error instanceof DoorError || typeof (error as { statusCode?: unknown }).statusCode === 'number';

/** Reads the fields, and then the files once it is certain that the form is one of ours. */
async function read(request: FastifyRequest, limits: UploadLimits, cookies: SessionCookies): Promise<void> {
  const fields: Record<string, string> = {};
  const files: UploadedFile[] = [];
  let room = limits.formBytes;
  request.body = fields;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (typeof part.value === 'string' && !part.valueTruncated) fields[part.fieldname] = part.value;
      continue;
    }
    // The token stands before the files in our forms; nothing is kept of one that does not bring it.
    if (files.length === 0 && request.headers.authorization === undefined) cookies.requireOwn(request);
    const file = await fileOf(part, (count) => {
      room -= count;
      if (room < 0) throw tooLarge(limits);
    });
    // A field for files into which nothing was put comes as a file without a name.
    if (file.filename !== '') files.push(file);
  }
  uploaded.set(request, files);
}

async function fileOf(part: MultipartFile, take: (count: number) => void): Promise<UploadedFile> {
  let chunks: Buffer[] = [];
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    take(chunk.length);
    chunks.push(chunk);
    if (part.file.truncated) chunks = [];
  }
  const bytes = part.file.truncated ? null : Buffer.concat(chunks);
  return { filename: part.filename ?? '', bytes };
}

const tooLarge = ({ formBytes }: UploadLimits) =>
  new DoorError('body-too-large', `The files of one form may have ${formBytes} bytes together. Send them one by one.`);
