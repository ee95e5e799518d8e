import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Acl, type AccountAction, accountActions, Usage, type WikiAction, type WikiAddress } from '@lib/acl';
import { type DoorRequest, surfaceOfRequest } from './door-request.js';
import { type Need, needKey } from './needs.js';

/** Asks for the right a route names, and leaves the proof of it on the request. A route that names none is refused. */
@Injectable()
export class AclGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly acl: Acl,
    private readonly usage: Usage,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const need = this.reflector.get<Need | undefined>(needKey, context.getHandler());
    if (need === undefined) throw new Error(`${context.getClass().name}.${context.getHandler().name} names no right.`);
    const request = context.switchToHttp().getRequest<DoorRequest>();
    const action = typeof need.action === 'function' ? need.action(request) : need.action;
    if (action !== 'nothing') await this.grant(request, action, need);
    return true;
  }

  private async grant(request: DoorRequest, action: WikiAction | AccountAction, need: Need): Promise<void> {
    const { actor } = request;
    if (actor === undefined) throw new Error('Nobody was asked who is asking.');
    if (isAccountAction(action)) {
      request.access = this.acl.requireAccount(action, actor);
      this.usage.saw(actor);
      return;
    }
    const address = (need.target ?? fromAddress)(request);
    // A deleted wiki is no wiki for any other right.
    const access =
      action === 'wiki.restore' && 'owner' in address
        ? await this.acl.restorable(actor, address)
        : await this.acl.require(action, actor, address);
    request.access = access;
    this.usage.saw(actor, access.wiki);
  }
}

function isAccountAction(action: WikiAction | AccountAction): action is AccountAction {
  return accountActions.some((one) => one === action);
}

function fromAddress(request: DoorRequest): WikiAddress {
  const surface = surfaceOfRequest(request);
  if (surface.kind !== 'wiki' && surface.kind !== 'git') throw new Error('The route is not one of a wiki.');
  return surface.address;
}
