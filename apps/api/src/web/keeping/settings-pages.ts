import { Injectable } from '@nestjs/common';
import { type Access, Acl, AclError, parseDisplayName, parsePurpose, Wikis } from '@lib/acl';
import { WikiSettings } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { WikiChanges } from '../../wikis/wiki-changes.js';
import { patchWiki } from '../../wikis/wiki.schema.js';
import { faultText } from '../accounts/field.js';
import { htmlAnswer } from '../html.js';
import { managePath } from '../layout/manage-frame.js';
import { Sites } from '../layout/sites.js';
import { type Texts, textsFor } from '../texts/texts.js';
import { told } from '../told.js';
import { categoriesIn, compare, type Compared, type KeptSettings, keptOf } from './kept-settings.js';
import type { CustomSlugForm, SettingsForm, SettingsQuery } from './settings.schema.js';
import { type SettingsField, SettingsScreen, type SettingsScreenProps } from './settings-screen.js';

type Shown = Partial<Pick<SettingsScreenProps, 'kept' | 'shown' | 'fault' | 'faults' | 'typed'>> & SettingsQuery;
type Faults = NonNullable<SettingsScreenProps['faults']>;

/** The page of the settings of a wiki, with what came of its forms. */
@Injectable()
export class SettingsPages {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly settings: WikiSettings,
    private readonly changes: WikiChanges,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
  ) {}

  async whole(access: Access, { done, ...shown }: Shown, request: DoorRequest, reply: FastifyReply): Promise<HtmlPage> {
    reply.header('cache-control', 'no-store');
    const site = this.sites.about(access, request);
    const now = await this.now(access);
    const said = done === undefined ? undefined : site.texts.keeping.settings.done[done];
    const home = this.addresses.wiki(access.wiki);
    const mayChange = this.acl.can(access, 'wiki.settings');
    return htmlAnswer(SettingsScreen({ ...site, kept: now, shown: now, ...shown, home, mayChange, done: said }));
  }

  /** Changes what was changed in the form. What somebody else changed meanwhile is neither taken back nor written over unseen. */
  async save(
    access: Access<'wiki.settings'>,
    form: SettingsForm,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const typed = typedIn(form);
    const shown = shownTo(form);
    const compared = compare(typed, shown, await this.now(access));
    const texts = textsFor(request.headers['accept-language']);
    const faults = faultsOf(compared.change, texts);
    if (Object.keys(faults).length > 0) {
      reply.code(422);
      return this.whole(access, { kept: typed, shown, faults }, request, reply);
    }
    if (Object.keys(compared.conflicts).length > 0) return this.contested(access, compared, request, reply);
    await this.changes.describe(access, bodyOf(compared.change));
    const done = Object.keys(compared.change).length === 0 ? 'nothing' : 'saved';
    return void reply.redirect(`${managePath(access.wiki, 'settings')}?done=${done}`, 303);
  }

  async rename(
    access: Access<'wiki.rename'>,
    slug: string,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.orField({ access, field: 'slug', typed: { slug } }, request, reply, async () => {
      if (slug === access.wiki.slug) return { wiki: access.wiki, done: 'nothing' };
      return { wiki: await this.wikis.rename(access, slug), done: 'slug' };
    });
  }

  async chooseSlug(
    access: Access<'wiki.slug'>,
    { custom_slug: customSlug, was_custom_slug: was }: CustomSlugForm,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const now = access.wiki.customSlug ?? '';
    if (was !== now && customSlug !== now) {
      reply.code(409);
      const texts = textsFor(request.headers['accept-language']);
      const { conflict } = texts.keeping.settings;
      const shown = { fault: conflict, faults: { customSlug: nowThere(now, texts) }, typed: { customSlug } };
      return this.whole(access, shown, request, reply);
    }
    return this.orField({ access, field: 'customSlug', typed: { customSlug } }, request, reply, async () => {
      const wiki = await this.wikis.chooseSlug(access, customSlug === '' ? null : customSlug);
      const done = customSlug === '' ? 'noCustom' : 'custom';
      return { wiki, done: customSlug === now ? 'nothing' : done };
    });
  }

  async remove(
    access: Access<'wiki.delete'>,
    confirmation: string,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const { owner, slug } = access.wiki;
    try {
      await this.wikis.remove(access, confirmation);
      return void reply.redirect(`/wikis/deleted?done=${slug}`, 303);
    } catch (error) {
      if (!(error instanceof AclError) || error.code !== 'confirmation-mismatch') throw error;
      reply.code(422);
      const { mismatch } = textsFor(request.headers['accept-language']).keeping.settings;
      const faults = { confirmation: mismatch(`${owner.username}/${slug}`) };
      return this.whole(access, { faults, typed: { confirmation } }, request, reply);
    }
  }

  private async now({ wiki }: Access): Promise<KeptSettings> {
    return keptOf(wiki, await this.settings.of(wiki.id));
  }

  private contested(access: Access, { conflicts, merged }: Compared, request: DoorRequest, reply: FastifyReply) {
    reply.code(409);
    const texts = textsFor(request.headers['accept-language']);
    const { conflict, orders } = texts.keeping.settings;
    const said = ({ linkOrder, ...rest }: Partial<KeptSettings>) =>
      Object.entries({ ...rest, ...(linkOrder !== undefined && { linkOrder: orders[linkOrder].example }) });
    const faults = Object.fromEntries(said(conflicts).map(([field, value]) => [field, nowThere(value, texts)]));
    return this.whole(access, { kept: merged, fault: conflict, faults }, request, reply);
  }

  /** Changes an address, or says at its field why not. */
  private async orField(
    { access, field, typed }: { access: Access; field: SettingsField; typed: SettingsScreenProps['typed'] & {} },
    request: DoorRequest,
    reply: FastifyReply,
    work: () => Promise<{ wiki: Access['wiki']; done: NonNullable<SettingsQuery['done']> }>,
  ): Promise<HtmlPage | void> {
    try {
      const { wiki, done } = await work();
      return void reply.redirect(`${managePath(wiki, 'settings')}?done=${done}`, 303);
    } catch (error) {
      const fault = told(error, reply);
      const rule = ruleOf(error, textsFor(request.headers['accept-language']));
      return this.whole(access, { faults: { [field]: rule ?? fault }, typed }, request, reply);
    }
  }
}

const typedIn = (form: SettingsForm): KeptSettings => ({
  ...{ name: form.name, purpose: form.purpose, categories: form.categories, linkOrder: form.link_order },
});

const shownTo = (form: SettingsForm): KeptSettings => ({
  ...{ name: form.was_name, purpose: form.was_purpose, categories: form.was_categories },
  linkOrder: form.was_link_order,
});

/** The change as the API takes it. */
function bodyOf({ name, purpose, categories, linkOrder }: Partial<KeptSettings>) {
  return {
    ...(name !== undefined && { name }),
    ...(purpose !== undefined && { purpose: purpose === '' ? null : purpose }),
    ...(categories !== undefined && { categories: categoriesIn(categories) }),
    ...(linkOrder !== undefined && { link_order: linkOrder }),
  };
}

/** What the API would refuse, at the field that it is about. */
function faultsOf(change: Partial<KeptSettings>, { keeping }: Texts): Faults {
  const { faults } = keeping.settings;
  const parsed = patchWiki.safeParse(bodyOf(change));
  const refused = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]));
  if (change.name !== undefined && isRefused(() => parseDisplayName(change.name ?? ''))) refused.add('name');
  if (change.purpose !== undefined && isRefused(() => parsePurpose(change.purpose ?? ''))) refused.add('purpose');
  const named = (['name', 'purpose', 'categories'] as const).filter((field) => refused.has(field));
  return Object.fromEntries(named.map((field) => [field, faults[field]]));
}

function isRefused(parse: () => unknown): boolean {
  try {
    parse();
    return false;
  } catch (error) {
    if (error instanceof AclError) return true;
    throw error;
  }
}

/** The rule that an address breaks, in words of the page; what else was refused says so itself. */
function ruleOf(error: unknown, texts: Texts): string | undefined {
  if (!(error instanceof AclError)) return undefined;
  if (error.code === 'slug-taken') return texts.keeping.settings.faults.slugTaken;
  if (error.code === 'name-taken') return faultText(texts, 'slug', 'taken');
  const rule = error.extra['rule'];
  return typeof rule === 'string' ? faultText(texts, 'slug', rule) : undefined;
}

const nowThere = (value: string, { keeping: { settings } }: Texts): string =>
  value === '' ? settings.nowEmpty : settings.now(value.replaceAll('\n', ', '));
