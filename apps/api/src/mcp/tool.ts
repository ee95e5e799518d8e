import type { Access, Acl, WikiAction } from '@lib/acl';
import type { z } from 'zod';
import { notValid } from '../http/validation.js';
import type { ToolRooms } from './tool-rooms.js';

/** What a client may expect of a tool before it calls it. */
export interface ToolHints {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: false;
}

/** What a tool answers: words for a model, and the same as data for a program. */
export interface ToolAnswer {
  text: string;
  data: Record<string, unknown>;
}

/** What every call brings along. */
interface ToolCall {
  rooms: ToolRooms;
  acl: Pick<Acl, 'also'>;
  access: Access;
}

/** One thing an agent can do here. It is a value without rooms, so that anyone can list the tools. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly needs: WikiAction;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly annotations: ToolHints;
  /** Asks for the right, checks the arguments, and does it. */
  call(given: ToolCall, args: unknown): Promise<ToolAnswer>;
}

interface Definition<A extends WikiAction, I extends z.ZodObject, O extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  needs: A;
  input: I;
  output: O;
  annotations: ToolHints;
  run: (
    rooms: ToolRooms,
    access: Access<A>,
    input: z.infer<I>,
    call: ToolCall,
  ) => Promise<{ text: string; data: z.infer<O> }>;
}

/** Makes a tool whose `run` gets only what it needs: the proof of its right, and arguments that fit its schema. */
export function tool<A extends WikiAction, I extends z.ZodObject, O extends z.ZodObject>(
  definition: Definition<A, I, O>,
): Tool {
  const { run, ...told } = definition;
  return {
    ...told,
    call: async (given, args) => {
      const access = given.acl.also(given.access, definition.needs);
      return run(given.rooms, access, fitting(definition.input, args), given);
    },
  };
}

/** The arguments as the schema reads them; what does not fit is refused field by field. */
export function fitting<I extends z.ZodObject>(schema: I, args: unknown): z.infer<I> {
  const parsed = schema.safeParse(args ?? {});
  if (!parsed.success) throw notValid(parsed.error.issues);
  return parsed.data;
}

const hints = (readOnlyHint: boolean, destructiveHint: boolean, idempotentHint: boolean): ToolHints => ({
  readOnlyHint,
  destructiveHint,
  idempotentHint,
  openWorldHint: false,
});

/** Changes nothing. */
export const reads = hints(true, false, true);
/** Adds or replaces; history keeps what was. */
export const writes = hints(false, false, false);
/** Takes something away that others may rely on. */
export const removes = hints(false, true, false);
/** Adds or replaces, and doing it again changes nothing more. */
export const settles = hints(false, false, true);
