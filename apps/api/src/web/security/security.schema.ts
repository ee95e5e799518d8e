import { z } from 'zod';

const formToken = z.string().max(200);
const id = z.string().max(1_400);
const name = z.string().max(400);

/** The answer of an authenticator, as a script of ours wrote it down. */
export const passkeyAnswer = z
  .string()
  .max(40_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'it takes JavaScript' });
      return z.NEVER;
    }
  });

export const oneSession = z.object({ id, form_token: formToken });
export type OneSession = z.infer<typeof oneSession>;

/** Where one goes on once it is proved who one is. */
const next = z.string().max(2_000).default('/account/security');

export const confirmQuery = z.object({ next });
export type ConfirmQuery = z.infer<typeof confirmQuery>;

export const passwordForm = z.object({ password: z.string().max(1_000), next, form_token: formToken });
export type PasswordForm = z.infer<typeof passwordForm>;

export const newPasskey = z.object({ name, answer: passkeyAnswer, form_token: formToken });
export type NewPasskey = z.infer<typeof newPasskey>;

export const renamedPasskey = z.object({ id, name, form_token: formToken });
export type RenamedPasskey = z.infer<typeof renamedPasskey>;

export const onePasskey = z.object({ id, form_token: formToken });
export type OnePasskey = z.infer<typeof onePasskey>;
