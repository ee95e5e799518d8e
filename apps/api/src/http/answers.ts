import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import type { ZodType } from 'zod';

interface Statuses {
  /** Of success; 200 when absent. */
  status?: number;
  /** Another status of success. */
  or?: number;
}

const answerKey = 'wikibot:answer';

interface Answer {
  schema: ZodType;
  statuses: Statuses;
}

/** The shape of an answer: one schema strips what does not belong in it and writes the API document. */
export const Answers = (schema: ZodType, statuses: Statuses = {}) =>
  applyDecorators(
    SetMetadata(answerKey, { schema, statuses } satisfies Answer),
    ...(statuses.status === undefined ? [] : [HttpCode(statuses.status)]),
  );

/** The schema of a handler's answer, for the API document. */
export function answerOf(handler: object): ZodType | null {
  return (Reflect.getMetadata(answerKey, handler) as Answer | undefined)?.schema ?? null;
}

/** The statuses of success of a handler, for the API document. */
export function statusesOf(handler: object): number[] {
  const statuses: Statuses = (Reflect.getMetadata(answerKey, handler) as Answer | undefined)?.statuses ?? {};
  const code = Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined;
  const usual = Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.POST ? 201 : 200;
  const first = statuses.status ?? code ?? usual;
  return statuses.or === undefined ? [first] : [first, statuses.or];
}
