import { z } from 'zod';
import { passkeyAnswer } from '../security/security.schema.js';

export const signInForm = z.object({
  login: z.string().trim().max(320),
  password: z.string().max(1_000),
  next: z.string().max(2_000).optional(),
  form_token: z.string().max(200),
});

export type SignInForm = z.infer<typeof signInForm>;

export const passkeyForm = z.object({
  answer: passkeyAnswer,
  next: z.string().max(2_000).optional(),
  form_token: z.string().max(200),
});

export type PasskeyForm = z.infer<typeof passkeyForm>;
