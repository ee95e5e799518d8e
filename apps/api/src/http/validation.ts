import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DoorError } from './door-error.js';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

const mostTold = 20;

/** The refusal of a request that its schema does not take: every fault with the field it is in. */
export function notValid(issues: readonly Issue[]): DoorError {
  const errors = issues.slice(0, mostTold).map(({ message, path = [] }) => ({ field: fieldOf(path), message }));
  const said = errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  return new DoorError('not-valid', said.join('; ').slice(0, 2000) || 'The request is not valid.', { errors });
}

function fieldOf(path: NonNullable<Issue['path']>): string {
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return keys.join('.').slice(0, 200);
}

/** Checks every body and query that has a schema. */
export const validationPipe = () => new StandardSchemaValidationPipe({ exceptionFactory: notValid });
