import { Injectable } from '@nestjs/common';
import { type Access, Acl, AclError, type TokenRow, Tokens, type WikiAction } from '@lib/acl';
import { tokenFields } from '../../tokens/token-answers.js';
import { isAbout, NotTaken } from './form-faults.js';
import { type TypedToken, wantedToken } from './tokens.schema.js';

type May = TypedToken['may'];

/** The right on a wiki without which a token for it cannot have the verb. */
const rightOf = { write: 'page.write', admin: 'wiki.settings' } as const satisfies Partial<Record<May, WikiAction>>;

/** The own tokens of whoever asks, as far as they reach one wiki. */
@Injectable()
export class OwnTokens {
  constructor(
    private readonly acl: Acl,
    private readonly tokens: Tokens,
  ) {}

  /** Those that reach a wiki; whoever may not have tokens has none. */
  async reaching({ actor, wiki }: Access): Promise<TokenRow[]> {
    if (!this.acl.canAccount('tokens.manage', actor)) return [];
    const all = await this.tokens.list(this.acl.requireAccount('tokens.manage', actor));
    return all.filter(({ wikis }) => wikis === null || wikis.includes(wiki.id));
  }

  /** What a token for a wiki may be allowed, of what one may oneself. */
  choices(access: Access): May[] {
    const may = (['write', 'admin'] as const).filter((choice) => this.acl.can(access, rightOf[choice]));
    return ['read', ...may];
  }

  /** Makes a token for one wiki, which may no more there than its owner. */
  async makeFor(access: Access, typed: TypedToken): Promise<TokenRow & { secret: string }> {
    const manage = this.acl.requireAccount('tokens.manage', access.actor);
    const wanted = wantedToken(typed);
    if (!wanted.success) throw new NotTaken(wanted.error);
    if (typed.may !== 'read') this.acl.also(access, 'page.write');
    if (typed.may === 'admin') this.acl.also(access, 'wiki.settings');
    return this.tokens.create(manage, { ...tokenFields(wanted.data), wikis: [access.wiki.id] });
  }
}

/** The field of a form for a token that a refusal is about. */
export function fieldOf(error: AclError, { label }: TypedToken): string | null {
  if (error.code === 'expiry-not-allowed') return 'expires_at';
  if (error.code !== 'name-not-allowed') return null;
  return isAbout(error, label) ? 'label' : 'paths';
}
