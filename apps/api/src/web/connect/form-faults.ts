import { AclError } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { ZodError } from 'zod';
import type { Texts } from '../texts/texts.js';
import { told } from '../told.js';

/** Why a form was refused: what is wrong with which field, or a sentence above it. */
export interface FormFaults {
  fields: Record<string, string>;
  fault: string | null;
  /** Whether it takes a proof that it is still the same person. */
  needsProof: boolean;
}

/** Thrown when the schema that REST has for it does not take what a form says. */
export class NotTaken extends Error {
  constructor(readonly reason: ZodError) {
    super(reason.message);
  }
}

/** What a refusal says, by field where it is about one; `fieldOf` knows whose name is not allowed. */
export function formFaults(
  error: unknown,
  { texts, reply, fieldOf }: { texts: Texts; reply: FastifyReply; fieldOf: (error: AclError) => string | null },
): FormFaults {
  if (error instanceof NotTaken) {
    reply.code(422);
    const { length } = texts.accounts.faults;
    const said = error.reason.issues.map(({ code, message, path }) => [
      String(path[0]),
      code === 'too_small' || code === 'too_big' ? length : message,
    ]);
    return { fields: Object.fromEntries(said) as Record<string, string>, fault: null, needsProof: false };
  }
  const detail = told(error, reply);
  const field = error instanceof AclError ? fieldOf(error) : null;
  if (field !== null) return { fields: { [field]: detail }, fault: null, needsProof: false };
  const needsProof = error instanceof AclError && error.code === 'proof-required';
  return { fields: {}, fault: needsProof ? texts.connect.tokens.prove : detail, needsProof };
}

/** Whether a refusal of a name is about this one. */
export const isAbout = ({ extra }: AclError, name: string): boolean => extra['name'] === name.slice(0, 100);
