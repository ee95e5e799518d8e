import { type ZodType } from 'zod';
import { JsonSchemas } from './json-schemas.js';
import { type Refusal, refusalsOf } from './refusals.js';
import type { Route } from './routes.js';

type Json = Record<string, unknown>;

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', description: 'What went wrong, as /problems/<code>' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'Id of the request, for asking about it' },
  },
};

/** The OpenAPI 3.1 document of the REST door, made from the very schemas that check requests and answers. */
export function apiDocument(routes: Route[], version: string): Json {
  const schemas = new JsonSchemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'wikibot', version, description: 'Wikis that agents and people write together.' },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: { ...sorted(schemas.components), Problem: problemSchema },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of yours, or the MCP token of a wiki' },
      },
    },
  };
}

function operation(route: Route, schemas: JsonSchemas): Json {
  const answer = route.answer === null ? {} : { content: json(schemas.output(route.answer)) };
  const responses: Record<string, Json> = {};
  for (const status of route.statuses) responses[status] = { description: 'Done', ...answer };
  for (const [status, refusals] of refusalsOf(route)) responses[status] = refusalAnswer(refusals);
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: `Needs the right \`${route.needs}\`.`,
    parameters: parameters(route, schemas),
    ...(route.body === null ? {} : { requestBody: { content: bodyContent(schemas.input(route.body)) } }),
    responses,
  };
}

function refusalAnswer(refusals: Refusal[]): Json {
  const description = refusals.map(({ code, title }) => `\`${code}\`: ${title}`).join('\n\n');
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

function parameters(route: Route, schemas: JsonSchemas): Json[] {
  const inPath = route.parameters.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const query = route.query === null ? [] : queryParameters(route.query, schemas);
  const headers = route.isConditional ? conditions(query) : [];
  return [...inPath, ...query, ...headers];
}

function queryParameters(query: ZodType, schemas: JsonSchemas): Json[] {
  const schema = new JsonSchemas();
  const root = schema.input(query);
  const name = typeof root.$ref === 'string' ? root.$ref.split('/').at(-1) : undefined;
  const shape = (name === undefined ? root : schema.components[name]) ?? {};
  for (const [id, component] of Object.entries(schema.components)) if (id !== name) schemas.components[id] = component;
  const required = new Set(Array.isArray(shape.required) ? shape.required : []);
  return Object.entries((shape.properties ?? {}) as Record<string, Json>).map(([key, value]) => {
    const { description, ...rest } = value;
    return {
      name: key,
      in: 'query',
      required: required.has(key),
      ...(description ? { description } : {}),
      schema: rest,
    };
  });
}

/** What `Conditions` reads of every write. */
function conditions(query: Json[]): Json[] {
  const text = { type: 'string' };
  const dryRun = {
    name: 'dry_run',
    in: 'query',
    description: 'true: answer with the diff and change nothing',
    schema: { type: 'string', enum: ['true', 'false', '1', '0'] },
  };
  return [
    ...(query.some(({ name }) => name === 'dry_run') ? [] : [dryRun]),
    { name: 'If-Match', in: 'header', description: 'ETag the page was read with; a stale one is 412', schema: text },
    { name: 'Idempotency-Key', in: 'header', description: 'The same key within 24 h writes once', schema: text },
  ];
}

function bodyContent(schema: Json): Json {
  if (!Array.isArray(schema.anyOf)) return json(schema);
  const [bytes, other] = schema.anyOf as Json[];
  return bytes?.format === 'binary'
    ? { ...json(other ?? {}), 'application/octet-stream': { schema: bytes } }
    : json(schema);
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}

function sorted(components: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
}
