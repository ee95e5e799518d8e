import { z } from 'zod';

type Json = Record<string, unknown>;

/** Turns zod schemas into JSON Schema; named ones become components, written once and referred to. */
export class JsonSchemas {
  readonly components: Record<string, Json> = {};

  /** What a caller sends. */
  input(schema: z.ZodType): Json {
    return this.convert(schema, 'input');
  }

  /** What we answer. */
  output(schema: z.ZodType): Json {
    return this.convert(schema, 'output');
  }

  private convert(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $schema: _, $defs, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: bytes });
    const definitions = ($defs ?? {}) as Record<string, Json>;
    for (const [id, definition] of Object.entries(definitions)) this.components[id] = withComponentRefs(definition);
    return withComponentRefs(root);
  }
}

/** The one shape JSON Schema has no word for is a Buffer. */
function bytes(context: { zodSchema: z.core.$ZodTypes; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (context.zodSchema._zod.def.type === 'custom')
    Object.assign(context.jsonSchema, { type: 'string', format: 'binary' });
}

function withComponentRefs(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}
