import { z } from 'zod';

/** Text that a database can hold and that has an end; the limits are not worth a line in every list of tools. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => !value.includes('\0'), 'must not contain NUL characters');

/** Text that may be left out; many clients send an empty one instead. */
export const maybe = (longest: number) => text(longest).default('');

/** A whole number that becomes a sensible one when it is out of range. */
export const count = (least: number, most: number, usual: number, what: string) =>
  z.coerce
    .number()
    .int()
    .default(usual)
    .transform((value) => Math.min(Math.max(value, least), most))
    .describe(`${what}, ${least} to ${most}`);

// Whatever a page may hold passes here; the wiki's own limit is checked in bytes by its room.
const longestContent = 20_000_000;

export const path = text(4096).describe('Page path, e.g. Actors/Iran');
export const content = z.string().max(longestContent);
export const message = maybe(10_000).describe('Empty: a default');
export const revision = text(64);
export const readRevision = revision.default('').describe('Revision you read (7 to 40 hex digits)');
export const cursor = maybe(2000).describe('next of the answer before');
export const filename = text(1024).describe('File name, e.g. map.png');

/** What was left empty was not said. */
export const given = (value: string): string | undefined => (value === '' ? undefined : value);

// In answers.
export const next = z.string().nullable();
export const names = z.array(z.string());
export const optionalText = z.string().nullable();
