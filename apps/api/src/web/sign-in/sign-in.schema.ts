import { z } from 'zod';

export const signInForm = z.object({
  login: z.string().trim().max(320),
  password: z.string().max(1_000),
  next: z.string().max(2_000).optional(),
  form_token: z.string().max(200),
});

export type SignInForm = z.infer<typeof signInForm>;
