import type { RestAnswer } from '../../../apps/api/test/kit/rest-client.js';

/** Status and kind of answers, `409 slug-taken`, in an order in which the successful come first. */
export const told = (answers: RestAnswer[]): string[] =>
  answers
    .map(({ status, body: { type } }) => (typeof type === 'string' ? `${status} ${kindOf(type)}` : `${status}`))
    .sort();

const kindOf = (type: string): string => type.replace('/problems/', '');
