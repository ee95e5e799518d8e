import fc from 'fast-check';
import { hostileText, hostileValue } from './hostile.js';

export type Schema = Record<string, unknown>;
type Components = Record<string, Schema>;

/** Words by which a value that is right by its schema is sometimes also right for the wiki. */
export type Known = (name: string) => fc.Arbitrary<unknown> | null;

interface Given {
  components: Components;
  known: Known;
}

/** Values that fit a JSON Schema, more often than not; every part of one may be replaced by something hostile. */
export function valueOf(schema: Schema, given: Given, name = ''): fc.Arbitrary<unknown> {
  const fitting = fittingValue(schema, given, name);
  const known = given.known(name);
  return fc.oneof(
    { arbitrary: known ?? fitting, weight: 8 },
    { arbitrary: fitting, weight: 2 },
    { arbitrary: hostileValue, weight: 1 },
  );
}

function fittingValue(schema: Schema, given: Given, name: string): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') {
    return fittingValue(given.components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, given, name);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...(schema.enum as unknown[]));
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options !== undefined) return fc.oneof(...options.map((option) => fittingValue(option, given, name)));
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string];
  return fc.oneof(...types.map((type) => ofType(type, schema, given, name)));
}

function ofType(type: string, schema: Schema, given: Given, name: string): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectOf(schema, given);
    case 'array':
      return fc.array(valueOf((schema.items ?? {}) as Schema, given, name), { ...lengths(schema, 'Items', 4) });
    case 'integer':
      return fc.integer({ min: limit(schema.minimum, -5), max: Math.min(limit(schema.maximum, 500), 500) });
    case 'number':
      return fc.double({ min: limit(schema.minimum, -5), max: limit(schema.maximum, 500), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema);
  }
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (schema.format === 'binary') return hostileText;
  return fc.oneof(fc.string({ ...lengths(schema, 'Length', 24) }), hostileText);
}

function lengths(schema: Schema, of: 'Items' | 'Length', usual: number) {
  const min = Math.min(limit(schema[`min${of}`], 0), 1000);
  return { minLength: min, maxLength: Math.max(min, Math.min(limit(schema[`max${of}`], usual), usual)) };
}

const limit = (given: unknown, otherwise: number): number =>
  typeof given === 'number' && Number.isSafeInteger(given) ? given : otherwise;

/** Required fields are nearly always there, others half of the time, and now and then one that nobody knows. */
function objectOf(schema: Schema, given: Given): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries((schema.properties ?? {}) as Components);
  const required = new Set((schema.required ?? []) as string[]);
  const parts = fields.map(([name, field]) =>
    fc
      .tuple(fc.integer({ min: 0, max: 19 }), valueOf(field, given, name))
      .map(([dice, value]): [string, unknown][] => (dice < (required.has(name) ? 19 : 8) ? [[name, value]] : [])),
  );
  const odd = fc
    .tuple(fc.integer({ min: 0, max: 19 }), hostileText, hostileValue)
    .map(([dice, name, value]): [string, unknown][] => (dice === 0 ? [[name, value]] : []));
  return fc.tuple(...parts, odd).map((all) => Object.fromEntries(all.flat()));
}
