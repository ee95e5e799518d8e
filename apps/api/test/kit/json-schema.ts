type Schema = Record<string, unknown>;

/** What is wrong with a value by a JSON Schema, in words: the part of the language that our document uses. */
export function faultsOf(value: unknown, schema: Schema, components: Record<string, Schema>, at = ''): string[] {
  if (typeof schema.$ref === 'string') {
    const target = components[schema.$ref.split('/').at(-1) ?? ''];
    return target === undefined ? [`${at}: ${schema.$ref} is nowhere`] : faultsOf(value, target, components, at);
  }
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options !== undefined) {
    const tried = options.map((option) => faultsOf(value, option, components, at));
    return tried.some((faults) => faults.length === 0) ? [] : (tried[0] ?? []);
  }
  return [...typeFaults(value, schema, at), ...partFaults(value, schema, components, at)];
}

function typeFaults(value: unknown, schema: Schema, at: string): string[] {
  if (schema.const !== undefined && value !== schema.const) return [`${at}: is not ${JSON.stringify(schema.const)}`];
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return [`${at}: ${String(value)} is not listed`];
  if (schema.type === undefined) return [];
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string];
  return types.some((type) => isOf(type, value)) ? [] : [`${at}: is ${JSON.stringify(value)}, not ${types.join('|')}`];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function partFaults(value: unknown, schema: Schema, components: Record<string, Schema>, at: string): string[] {
  if (Array.isArray(value) && schema.items !== undefined) {
    return value.flatMap((item, index) => faultsOf(item, schema.items as Schema, components, `${at}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const fields = value as Record<string, unknown>;
  const known = (schema.properties ?? {}) as Record<string, Schema>;
  const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in fields));
  return [
    ...missing.map((name) => `${at}.${name}: is missing`),
    ...Object.entries(fields).flatMap(([name, field]) => {
      const rule = Object.hasOwn(known, name)
        ? known[name]
        : (schema.additionalProperties as Schema | boolean | undefined);
      if (rule === false) return [`${at}.${name}: is not in the document`];
      return typeof rule === 'object' ? faultsOf(field, rule, components, `${at}.${name}`) : [];
    }),
  ];
}
