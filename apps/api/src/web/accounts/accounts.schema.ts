import { z } from 'zod';

const form_token = z.string().max(200);
const secret = z.string().max(100);
/** Longer than any that is taken, so that the form itself says what is wrong. */
const field = z.string().max(1_000);

export const signUpQuery = z.object({ invitation: secret.optional() });
export type SignUpQuery = z.infer<typeof signUpQuery>;

export const signUpForm = z.object({
  username: field.trim(),
  display_name: field.default(''),
  email: field.default(''),
  password: field,
  invitation: secret.optional(),
  form_token,
});
export type SignUpForm = z.infer<typeof signUpForm>;

export const acceptForm = z.object({ invitation: secret, form_token });
export type AcceptForm = z.infer<typeof acceptForm>;

export const sentQuery = z.object({ for: z.enum(['sign-up', 'password']).default('sign-up') });
export type SentQuery = z.infer<typeof sentQuery>;

export const linkQuery = z.object({ token: secret.default('') });
export type LinkQuery = z.infer<typeof linkQuery>;

export const confirmForm = z.object({ token: secret, password: field, username: field.trim().optional(), form_token });
export type ConfirmForm = z.infer<typeof confirmForm>;

export const linkForm = z.object({ token: secret, form_token });
export type LinkForm = z.infer<typeof linkForm>;

export const forgottenForm = z.object({ login: field.trim(), form_token });
export type ForgottenForm = z.infer<typeof forgottenForm>;

export const resetForm = z.object({ token: secret, password: field, form_token });
export type ResetForm = z.infer<typeof resetForm>;

export const accountQuery = z.object({ done: z.enum(['name', 'email', 'password']).optional() });
export type AccountQuery = z.infer<typeof accountQuery>;

export const nameForm = z.object({ display_name: field, form_token });
export type NameForm = z.infer<typeof nameForm>;

export const emailForm = z.object({ email: field, own_password: field.default(''), form_token });
export type EmailForm = z.infer<typeof emailForm>;

export const passwordForm = z.object({ current_password: field, new_password: field, form_token });
export type PasswordForm = z.infer<typeof passwordForm>;
