import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { AccountAction, WikiAction, WikiAddress } from '@lib/acl';
import type { DoorRequest } from './door-request.js';

/** Finds out which wiki a request is about. */
export type Target = (request: DoorRequest) => WikiAddress;

/** The action itself, or how to tell it from the request. */
export type NeededAction =
  WikiAction | AccountAction | 'nothing' | ((request: DoorRequest) => WikiAction | AccountAction);

export interface Need {
  action: NeededAction;
  target: Target | null;
}

export const needKey = 'wikibot:need';

/** The right a route takes; a route that names none fails. The wiki is that of the address unless `target` finds it. */
export const Needs = (action: NeededAction, target: Target | null = null) =>
  SetMetadata(needKey, { action, target } satisfies Need);

/** The wiki that a platform route names in its parameters `owner` and `slug`. */
export const fromParams: Target = (request) => {
  const { owner = '', slug = '' } = request.params as { owner?: string; slug?: string };
  return { owner, slug };
};

/** Hands over the Access that the guard was given for this request. */
export const Granted = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<DoorRequest>().access,
);

/** The name of the right a handler takes, for the API document. */
export function needOf(handler: object): string {
  const need = Reflect.getMetadata(needKey, handler) as Need | undefined;
  return typeof need?.action === 'string' ? need.action : 'nothing';
}
