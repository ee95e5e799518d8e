import fc from 'fast-check';
import type { Document, Operation } from '../../isolation/kit/rest-calls.js';
import { asSent } from './bodies.js';
import { hostileHeader, hostileText } from './hostile.js';
import { type Known, valueOf } from './schema-values.js';

export interface FuzzedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** One operation of the API document. */
export interface Fuzzed {
  name: string;
  method: string;
  path: string;
  operation: Operation;
}

/** Every operation; the known words see to it that none of them takes away what the run stands on. */
export function operationsOf(document: Document): Fuzzed[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      return { name, method: method.toUpperCase(), path, operation };
    }),
  );
}

/** Requests that an operation takes, more often than not. */
export function requestsOf({ method, path, operation }: Fuzzed, document: Document, known: Known) {
  const given = { components: document.components.schemas, known };
  const content = operation.requestBody?.content['application/json']?.schema;
  const body = content === undefined ? fc.constant(undefined) : asSent(valueOf(content, given));
  const segments = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const places = fc.tuple(...segments.map((name) => known(`{${name}}`) ?? placeOf(known(name))));
  const query = queryOf(operation, given);
  return fc
    .record({ body, headers: headersOf(operation), places, query })
    .map(({ places: chosen, query: pairs, ...rest }): FuzzedRequest => ({
      ...rest,
      method,
      path: filled(path, segments, chosen) + pairs,
    }));
}

function placeOf(known: fc.Arbitrary<unknown> | null): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: known ?? hostileText, weight: 4 }, { arbitrary: hostileText, weight: 1 });
}

function filled(path: string, names: string[], values: unknown[]): string {
  return names.reduce((sofar, name, at) => sofar.replace(`{${name}}`, () => encoded(values[at])), path);
}

function queryOf({ parameters }: Operation, given: Parameters<typeof valueOf>[1]): fc.Arbitrary<string> {
  const parts = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema, required }) =>
      fc
        .tuple(fc.integer({ min: 0, max: 9 }), valueOf(schema, given, name))
        .map(([dice, value]) => (dice < (required === true ? 9 : 3) ? [`${name}=${encoded(value)}`] : [])),
    );
  const twice = fc
    .integer({ min: 0, max: 29 })
    .map((dice) => (dice === 0 ? ['limit=1', 'limit=2', 'x[y]=1', '&&=', '%'] : []));
  return fc.tuple(...parts, twice).map((all) => (all.flat().length === 0 ? '' : `?${all.flat().join('&')}`));
}

function headersOf({ parameters }: Operation): fc.Arbitrary<Record<string, string>> {
  const named = parameters.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase());
  const usual = ['if-none-match', 'accept', 'content-type', 'range', 'x-forwarded-for', 'cookie', 'accept-encoding'];
  const header = fc.tuple(fc.constantFrom(...named, ...usual), hostileHeader);
  return fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.array(header, { maxLength: 2 }))
    .map(([dice, pairs]) => (dice === 0 ? Object.fromEntries(pairs) : {}));
}

/** Percent-encoded, where lone surrogates go out as bytes that are no UTF-8. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replace(/[^\w.~-]/gsu, (letter) => {
    const bytes = /[\ud800-\udfff]/.test(letter) && letter.length === 1 ? [0xed, 0xa0, 0x80] : [...Buffer.from(letter)];
    return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  });
}
