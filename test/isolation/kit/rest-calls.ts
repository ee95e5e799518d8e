import type { WikiAction } from '@lib/acl';
import type { TestApp } from '../../../apps/api/test/kit/app.js';
import { Routes } from '../../../apps/api/src/openapi/routes.js';
import { sampleOf, type Schema } from './samples.js';

/** A route as the API document tells it. */
export interface Operation {
  operationId: string;
  parameters: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** One request to one route of a wiki, before it is known which wiki. */
export interface Call {
  method: string;
  /** With `{owner}` and `{wiki}` or `{slug}` still in it. */
  path: string;
  needs: WikiAction | 'nothing';
  /** One that fits, and one that never does, for asking whether the door opens without anything coming of it. */
  body: unknown;
  nonsense: unknown;
}

export async function documentOf(app: TestApp): Promise<Document> {
  return (await (await fetch(`${app.url}/api/openapi.json`)).json()) as Document;
}

const places: Record<string, string> = {
  path: 'Home',
  filename: 'a.txt',
  username: 'eddy',
  id: '00000000-0000-4000-8000-000000000000',
};

/** A call of every route that is about a wiki, so that a new route is walked without anyone thinking of it. */
export async function restCalls(app: TestApp): Promise<Call[]> {
  const document = await documentOf(app);
  const routes = app.app.get(Routes, { strict: false }).all();
  return routes
    .filter(({ path }) => path.includes('{owner}'))
    .map(({ method, path, needs }) => {
      const operation = document.paths[path]?.[method];
      const body = operation?.requestBody?.content['application/json']?.schema;
      return {
        method: method.toUpperCase(),
        path: filled(path) + queryOf(operation?.parameters ?? []),
        needs: needs as Call['needs'],
        body: body === undefined ? undefined : sampleOf(body, document.components.schemas),
        nonsense: method === 'get' ? undefined : { nonsense: 1 },
      };
    });
}

function filled(path: string): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole);
}

function queryOf(parameters: Operation['parameters']): string {
  const needed = parameters.filter((one) => one.in === 'query' && one.required === true);
  if (needed.length === 0) return '';
  const pairs = needed.map(({ name, schema }) => [name, String(sampleOf(schema))] as [string, string]);
  return `?${new URLSearchParams(pairs).toString()}`;
}
