import { expect } from 'vitest';
import type { TestApp } from '../../../apps/api/test/kit/app.js';
import { RestClient } from '../../../apps/api/test/kit/rest-client.js';

/** The wikis of alice. All names are equally long, so that answers about them can be compared byte by byte. */
export const slugs = {
  /** Private; vera views it, eddy edits it. */
  shared: 'shared-1',
  /** Private; alice's alone. */
  closed: 'closed-1',
  public: 'public-1',
  /** Deleted; one was private and one public. */
  gone: 'gonepr-1',
  gonePublic: 'gonepu-1',
  /** Its making never ended. */
  halfMade: 'halfmd-1',
  /** Never there. */
  absent: 'absent-1',
} as const;

export type WikiName = keyof typeof slugs;
export const wikiNames = Object.keys(slugs) as WikiName[];

export const owner = 'alice';
/** Nobody's name, as long as that of the owner. */
export const absentOwner = 'zelda';
export const customSlug = (slug: string): string => `slug-${slug}`;

/** A word that is found nowhere but in one wiki, in the place it is named for. */
export const canary = (slug: string, place: string): string => `canary${slug.replace('-', '')}${place}`;

/** Which wikis an answer gives something of. */
export function canariesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/canary[a-z]+1[a-z]+/gi)].map(([word]) => word.toLowerCase()))];
}

/** A page below the folder that the narrowed token reaches. */
const inside = 'Allowed/In';

/** Makes every wiki with a canary wherever words can be, and brings each into its state. */
export async function makeTenants(app: TestApp): Promise<{ ownerToken: string; wikiTokens: Map<string, string> }> {
  const { token } = await app.addUser(owner);
  const rest = new RestClient(app.url, token);
  const wikiTokens = new Map<string, string>();
  for (const name of wikiNames.filter((one) => one !== 'absent')) {
    wikiTokens.set(slugs[name], await makeWiki(rest, slugs[name], /public/i.test(name) || name === 'halfMade'));
  }
  for (const slug of [slugs.gone, slugs.gonePublic]) {
    const path = `/api/v1/wikis/${owner}/${slug}`;
    expect((await rest.delete(path, { confirmation: `${owner}/${slug}` })).status).toBe(200);
  }
  const unmake = `UPDATE wikis SET state = 'creating' WHERE slug = $1`;
  await app.rooms.database.source.query(unmake, [slugs.halfMade]);
  app.rooms.cache.forget();
  return { ownerToken: token, wikiTokens };
}

async function makeWiki(rest: RestClient, slug: string, isPublic: boolean): Promise<string> {
  const made = await rest.post('/api/v1/wikis', {
    slug,
    name: canary(slug, 'name'),
    purpose: canary(slug, 'purpose'),
    categories: ['people', canary(slug, 'categories')],
    visibility: isPublic ? 'public' : 'private',
    custom_slug: customSlug(slug),
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const wiki = rest.under(`/@${owner}/${slug}/api/v1`);
  const write = async (path: string, content: string) => {
    const commit = { commit_message: canary(slug, 'message') };
    const { body } = await wiki.get(`/pages/${encodeURIComponent(path)}`);
    const revision = body.revision === undefined ? {} : { revision: body.revision };
    const written = await wiki.put(`/pages/${encodeURIComponent(path)}`, { content, ...revision, ...commit });
    expect(written.status, JSON.stringify(written.body)).toBeLessThan(300);
  };
  const labels = `---\ncategory: ${canary(slug, 'category')}\ntags: [${canary(slug, 'tag')}]\n---\n`;
  await write('Home', `${labels}# Home\n\n${canary(slug, 'content')} [[${inside}]] [[${canary(slug, 'link')}]]\n`);
  await write(canary(slug, 'path'), 'Nothing links here.\n');
  await write(inside, `# In\n\nshared words [[Home]]\n`);
  const file = {
    filename: `${canary(slug, 'file')}.txt`,
    content: Buffer.from(canary(slug, 'bytes')).toString('base64'),
  };
  const attached = await wiki.post('/pages/Home/attachments', file);
  expect(attached.status, JSON.stringify(attached.body)).toBe(201);
  return made.body.mcp_token as string;
}
