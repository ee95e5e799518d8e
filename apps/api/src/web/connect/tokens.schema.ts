import { z } from 'zod';
import type { Verb } from '@lib/acl';
import { createToken } from '../../tokens/token.schema.js';

const form_token = z.string().max(200);
/** Longer than anything that is taken, so that the form itself says what is wrong. */
const text = z.string().max(60_000).default('');
const may = z.enum(['read', 'write', 'admin']).default('read');

/** How many days a token may be good; nothing is until it is revoked. */
export const lives = ['', '7', '30', '90', '365'] as const;

export const newTokenForm = z.object({
  label: text,
  may,
  paths: text,
  expires: z.enum(lives).default(''),
  form_token,
});

export type NewTokenForm = z.infer<typeof newTokenForm>;

/** What stands in the form for a token. */
export type TypedToken = Omit<NewTokenForm, 'form_token'>;

/** With the wikis that were ticked, each as a field of its own. */
export const newAccountTokenForm = newTokenForm
  .extend({ reach: z.enum(['all', 'chosen']).default('all') })
  .catchall(text);

export type NewAccountTokenForm = z.infer<typeof newAccountTokenForm>;

export const clientForm = z.object({ label: text, may, form_token });
export type ClientForm = z.infer<typeof clientForm>;

export const oneToken = z.object({ id: z.string().max(100), form_token });
export type OneToken = z.infer<typeof oneToken>;

export const doneQuery = z.object({ done: z.enum(['revoked']).optional() });
export type DoneQuery = z.infer<typeof doneQuery>;

export const callsQuery = z.object({
  token: z.string().max(100).optional(),
  since: z.string().max(100).optional(),
  opened: z.coerce.number().int().min(0).max(8.64e15),
});
export type CallsQuery = z.infer<typeof callsQuery>;

/** The wikis that were ticked, as owner/slug. */
export const chosenWikis = (form: NewAccountTokenForm): string[] =>
  Object.keys(form).flatMap((name) => (name.startsWith('wiki:') ? [name.slice('wiki:'.length)] : []));

/** What each choice of a form lets a token do. */
const verbsOf: Record<TypedToken['may'], Verb[]> = {
  read: ['read'],
  write: ['read', 'write'],
  admin: ['read', 'write', 'admin'],
};

/** The form in the words of REST, held to the same schema. */
export function wantedToken({ label, may, paths, expires }: TypedToken, wikis?: string[]) {
  const folders = paths.split('\n').map((path) => path.trim());
  const named = folders.filter((path) => path !== '');
  const until = new Date(Date.now() + Number(expires) * 86_400_000).toISOString();
  return createToken.safeParse({
    ...{ label, verbs: verbsOf[may], ...(wikis !== undefined && { wikis }) },
    ...{ paths: named.length === 0 ? null : named, expires_at: expires === '' ? null : until },
  });
}
