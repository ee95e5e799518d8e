export type Schema = Record<string, unknown>;

/** Some value that fits a JSON Schema, always the same one. */
export function sampleOf(schema: Schema, components: Record<string, Schema> = {}): unknown {
  if (typeof schema.$ref === 'string')
    return sampleOf(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, components);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const options = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Schema[] | undefined;
  if (options?.[0] !== undefined) return sampleOf(options[0], components);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objectOf(schema, components);
    case 'array':
      return Number(schema.minItems ?? 0) > 0 ? [sampleOf(schema.items as Schema, components)] : [];
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return schema.format === 'date-time'
        ? '2030-01-01T00:00:00Z'
        : 'abcdef0'.padEnd(Number(schema.minLength ?? 0), 'x');
  }
}

function objectOf(schema: Schema, components: Record<string, Schema>): Record<string, unknown> {
  const fields = (schema.properties ?? {}) as Record<string, Schema>;
  const required = (schema.required ?? []) as string[];
  return Object.fromEntries(required.map((name) => [name, sampleOf(fields[name] ?? {}, components)]));
}
