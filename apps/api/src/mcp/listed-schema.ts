import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { z } from 'zod';

/**
 * A schema as clients see it, written once: the list of tools is read into the context of a model, so what tells it
 * nothing is left out. Arguments pass unchecked here, because the tool itself reads them and refuses in our words.
 */
export function listedSchema(schema: z.ZodObject, io: 'input' | 'output'): StandardSchemaWithJSON {
  // Written when somebody first asks: a start has better things to do than to write fifty of them.
  let written: Record<string, unknown> | null = null;
  const asIs = () => (written ??= writtenOut(schema, io));
  return {
    '~standard': {
      version: 1,
      vendor: 'wikibot',
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: asIs, output: asIs },
    },
  };
}

function writtenOut(schema: z.ZodObject, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => slim(jsonSchema) });
  return json;
}

function slim(json: z.core.JSONSchema.BaseSchema): void {
  delete json.maxLength;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.description === '') delete json.description;
  if (json.default === '') delete json.default;
  delete json.additionalProperties;
  delete json.propertyNames;
  joinTypes(json);
}

/** "A text or null" in one line instead of four. */
function joinTypes(json: z.core.JSONSchema.BaseSchema): void {
  const types = (json.anyOf ?? []).map((one) => (Object.keys(one).join() === 'type' ? one.type : undefined));
  if (types.length === 0 || types.includes(undefined)) return;
  delete json.anyOf;
  Object.assign(json, { type: types });
}
