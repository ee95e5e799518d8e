import { Injectable, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { ZodType } from 'zod';
import { answerOf, statusesOf } from '../http/answers.js';
import { readConditions } from '../http/conditions.js';
import { type Description, descriptionKey } from '../http/describes.js';
import { needOf } from '../http/needs.js';

/** A route of the REST door, as its decorators tell it. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As a caller writes it: `/@{owner}/{wiki}/api/v1/pages/{path}`. */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  needs: string;
  fails: readonly string[];
  parameters: string[];
  query: ZodType | null;
  body: ZodType | null;
  answer: ZodType | null;
  statuses: number[];
  /** Reads If-Match, Idempotency-Key and dry_run. */
  isConditional: boolean;
}

interface RouteArgument {
  schema?: ZodType;
  factory?: unknown;
}

type Handler = (...args: unknown[]) => unknown;

/** Reads the routes of the REST door off the controllers, so that the document cannot forget one. */
@Injectable()
export class Routes {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  all(): Route[] {
    return this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype === null ? [] : this.ofController(metatype as Type)))
      .sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
  }

  private ofController(controller: Type): Route[] {
    const prefixes = listOf(this.reflector.get<string | string[]>(PATH_METADATA, controller));
    const prototype = controller.prototype as Record<string, Handler>;
    return this.scanner
      .getAllMethodNames(prototype)
      .flatMap((name) => this.ofHandler(controller, name, prototype[name], prefixes));
  }

  private ofHandler(controller: Type, name: string, handler: Handler, prefixes: string[]): Route[] {
    const own = this.reflector.get<string | string[] | undefined>(PATH_METADATA, handler);
    if (own === undefined) return [];
    const paths = prefixes.flatMap((prefix) => listOf(own).map((rest) => join(prefix, rest)));
    return paths.filter(isRest).map((path, index) => ({
      ...this.described(controller, name, handler),
      operationId: index === 0 ? operationId(controller, name) : `${operationId(controller, name)}${index + 1}`,
      path: externalPath(path),
      parameters: [...externalPath(path).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
    }));
  }

  private described(controller: Type, name: string, handler: Handler) {
    const description = this.reflector.get<Description | undefined>(descriptionKey, handler);
    const method = this.reflector.get<RequestMethod>(METHOD_METADATA, handler);
    const args = Object.entries(
      (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, RouteArgument>,
    );
    const schemaOf = (kind: RouteParamtypes) =>
      args.find(([key, { schema }]) => key.startsWith(`${kind}:`) && schema !== undefined)?.[1].schema ?? null;
    return {
      method: RequestMethod[method].toLowerCase() as Route['method'],
      tag: controller.name.replace(/Controller$/, ''),
      summary: description?.summary ?? '',
      fails: description?.fails ?? [],
      needs: needOf(handler),
      answer: answerOf(handler),
      statuses: statusesOf(handler),
      query: schemaOf(RouteParamtypes.QUERY),
      body: schemaOf(RouteParamtypes.BODY),
      isConditional: args.some(([, { factory }]) => factory === readConditions),
    };
  }
}

function listOf(paths: string | string[]): string[] {
  return Array.isArray(paths) ? paths : [paths];
}

function join(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}

function isRest(path: string): boolean {
  return /^\/(~wiki\/)?api\/v1(\/|$)/.test(path);
}

/** Inside, a wiki's address is rewritten to `/~wiki`; callers know it by owner and slug. */
function externalPath(path: string): string {
  return path.replace(/^\/~wiki/, '/@{owner}/{wiki}').replace(/:(\w+)/g, '{$1}');
}

function operationId(controller: Type, name: string): string {
  const subject = controller.name.replace(/Controller$/, '');
  return `${subject.charAt(0).toLowerCase()}${subject.slice(1)}.${name}`;
}
