import { defaultCategories } from './categories.js';
import { guidePage } from './guide-page.js';
import { findSection } from './sections.js';
import type { StarterOptions } from './starter-options.js';

const options: StarterOptions = {
  name: 'Middle East',
  purpose: 'Follow who acts and why',
  categories: defaultCategories,
  linkOrder: 'target-first',
  tools: [
    { name: 'read_note', summary: 'Read one page as Markdown.' },
    { name: 'get_recent_changes', summary: 'See what changed.' },
  ],
};

describe('the usage guide', () => {
  const section = (heading: string, changed: Partial<StarterOptions> = {}) =>
    findSection(guidePage({ ...options, ...changed }), heading).text;

  it('lists the tools that are served, and names no other anywhere', () => {
    const named = guidePage(options).matchAll(/`([a-z]+_[a-z_]+)`/g);

    expect(section('Tools')).toContain('- `read_note`: Read one page as Markdown.');
    expect([...new Set(Array.from(named, ([, name]) => name))].sort()).toEqual(['get_recent_changes', 'read_note']);
    expect(section('Tools', { tools: [] })).toContain('no tools');
  });

  it('says how a session begins: home page, then recent changes', () => {
    expect(section('Beginning a session')).toMatch(/1\. Read \[\[Home\]\] \(`read_note`\).*\n2\..*recent changes/);
  });

  it('says how a session ends: results on a summary page, linked from its area', () => {
    expect(section('Ending a session')).toMatch(/results on a summary page[^]*index page of its area/);
  });

  it('says what a page looks like', () => {
    const text = section('Page conventions');

    expect(text).toContain('`Area/Subject`');
    expect(text).toContain('250-800 words');
    for (const key of ['title', 'category', 'tags', 'aliases', 'status']) expect(text).toContain(`\n${key}: `);
    for (const key of ['archived', 'source', 'date', 'note']) expect(text).toContain(`\`${key}\``);
  });

  it('shows the link order of this wiki', () => {
    expect(section('Links', { linkOrder: 'target-first' })).toContain('`[[Actors/Iran|the republic]]`');
    expect(section('Links', { linkOrder: 'label-first' })).toContain('`[[the republic|Actors/Iran]]`');
  });

  it('says how a commit message is written', () => {
    expect(section('Commit messages')).toContain('`Page: what changed and why`');
  });

  it('says when to create and when to update', () => {
    expect(section('Create or update')).toMatch(/Search first[^]*update it[^]*Create a page/);
  });

  it('lists the categories of this wiki, with what the usual ones mean', () => {
    expect(section('Categories and tags')).toContain('- `event`: something that happened');
    expect(section('Categories and tags', { categories: ['place'] })).toMatch(/- `place`\n\nTags/);
    expect(section('Categories and tags', { categories: [] })).toContain('no list of categories');
  });

  it('says what a gardener does: orphans, stale pages, links', () => {
    expect(section('Gardening')).toMatch(/Orphans:[^]*Stale pages:[^]*Links:/);
  });

  it('says how a page is superseded and archived', () => {
    const text = section('Superseding and archiving');

    expect(text).toMatch(/`status: superseded`[^]*`status: archived`[^]*`Archive\/`[^]*rewrites the links/);
    expect(text).toContain('> **Superseded** by [[Area/New subject|the new page]].');
  });
});
