import { z } from 'zod';

const slug = z.string().min(1).max(64).describe('1 to 64 of a-z 0-9 -, not beginning or ending with -');
const customSlug = z.string().min(3).max(30).describe('A name of its own, shared with nobody: premium only');
const name = z.string().min(1).max(200);
const purpose = z.string().max(2000).describe('What the wiki is for; agents read it first');
const visibility = z.enum(['private', 'public']);
const linkOrder = z
  .enum(['target-first', 'label-first'])
  .describe('target-first: [[Page|label]]; label-first: [[label|Page]]');
const categories = z.array(z.string().min(1).max(100)).max(200);

const limits = z.object({
  pages: z.int().nullable(),
  attachment_bytes: z.int().nullable(),
  collaborators: z.int().nullable(),
  push: z.boolean(),
  custom_slug: z.boolean(),
  page_bytes: z.int(),
  file_bytes: z.int(),
});

const addresses = z.object({ rest: z.string(), mcp: z.string(), git: z.string() });

const identity = {
  id: z.uuid(),
  owner: z.string(),
  slug: z.string(),
  custom_slug: z.string().nullable(),
  name: z.string(),
  purpose: z.string().nullable(),
  visibility,
  role: z.enum(['owner', 'editor', 'viewer']).nullable().describe('null: you read it because it is public'),
  plan: z.enum(['free', 'premium']),
  payment_status: z.enum(['free', 'active', 'lapsed']),
  created_at: z.string(),
  addresses,
};

/** What a wiki says of itself to whoever may read it. */
export const wikiMeta = z
  .object({
    ...identity,
    pages: z.int(),
    revision: z.string().nullable().describe('Newest commit'),
    limits,
    settings: z.object({ link_order: linkOrder, categories: z.array(z.string()) }),
    can: z.record(z.string(), z.boolean()).describe('What you may do here, by action'),
  })
  .meta({ id: 'WikiMeta' });

export const patchWiki = z
  .strictObject({
    name: name.optional(),
    purpose: purpose.nullable().optional(),
    link_order: linkOrder.optional(),
    categories: categories.optional(),
  })
  .meta({ id: 'PatchWiki' });

export const wikiRow = z
  .object({ ...identity, pages: z.int(), last_accessed_at: z.string().nullable() })
  .meta({ id: 'WikiRow' });

export const wikiList = z.object({ wikis: z.array(wikiRow), total: z.int() }).meta({ id: 'WikiList' });

export const createWiki = z
  .strictObject({
    slug,
    name,
    purpose: purpose.optional(),
    categories: categories.optional(),
    link_order: linkOrder.optional(),
    visibility: visibility.optional(),
    custom_slug: customSlug.optional(),
  })
  .meta({ id: 'CreateWiki' });

export const wikiCreated = z
  .object({
    wiki: wikiRow,
    mcp_token: z.string().describe('Shown this once; make a new one when it is lost'),
    mcp_endpoint: z.string(),
    git_url: z.string(),
    rest_url: z.string(),
  })
  .meta({ id: 'WikiCreated' });

export const patchPlatformWiki = z
  .strictObject({
    slug: slug.optional().describe('A new slug: the address changes with it'),
    name: name.optional(),
    purpose: purpose.nullable().optional(),
  })
  .meta({ id: 'PatchPlatformWiki' });

export const deleteWiki = z
  .strictObject({ confirmation: z.string().max(200).describe('owner/slug of the wiki, typed') })
  .meta({ id: 'DeleteWiki' });

export const wikiDeleted = z.object({ deleted: z.boolean(), restorable_until: z.string() }).meta({ id: 'WikiDeleted' });

const deletedWiki = z
  .object({
    owner: z.string(),
    slug: z.string(),
    name: z.string(),
    deleted_at: z.string(),
    restorable_until: z.string(),
  })
  .meta({ id: 'DeletedWiki' });

export const deletedWikiList = z
  .object({ wikis: z.array(deletedWiki), total: z.int() })
  .meta({ id: 'DeletedWikiList' });

export const putVisibility = z.strictObject({ visibility }).meta({ id: 'PutVisibility' });
export const putCustomSlug = z.strictObject({ custom_slug: customSlug.nullable() }).meta({ id: 'PutCustomSlug' });
export const wikiToken = z
  .object({
    mcp_token: z.string().describe('Shown this once; the one before no longer works'),
    mcp_endpoint: z.string(),
  })
  .meta({ id: 'WikiToken' });
