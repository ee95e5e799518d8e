import fc from 'fast-check';
import type { WikiKit } from '../../../apps/api/test/kit/a-wiki.js';
import type { Known } from './schema-values.js';

const pages = ['Home', 'Wiki Usage Guide', 'A', 'A/B', 'A/b', 'C D', 'é', 'New', 'Deep/er/Page'];

/** Words that mean something in the wiki, so that requests get past the first refusal. */
export async function wordsOf(kit: WikiKit): Promise<Known> {
  const revision = (await kit.rest.get('/pages/Home')).body.revision as string;
  const words: Record<string, readonly unknown[]> = {
    path: pages,
    new_path: pages,
    prefix: ['', 'A', 'A/'],
    filename: ['a.txt', 'b.png', 'c'],
    content: ['text\n', '# A\n\n[[Home]] [[A/B]] #tag\n', '---\ntags: [x]\n---\n# B\n', 'aGk=', ''],
    section: ['A', 'Home', 'B'],
    old_string: ['text', '# A', 'Home'],
    new_string: ['texts', '# B', '[[A]]'],
    revision: [revision, revision.slice(0, 8)],
    from: [revision],
    to: [revision],
    limit: ['1', '50', 5],
    q: ['home', 'text', 'page'],
    username: ['bob', 'alice', 'nobody'],
    role: ['viewer', 'editor'],
    // These are what the run itself stands on.
    '{owner}': [...Array<string>(19).fill('alice'), 'bob'],
    '{wiki}': [...Array<string>(19).fill('notes'), 'absent'],
    '{slug}': ['other', 'other', 'absent'],
    slug: ['other', 'more', 'others'],
    confirmation: ['alice/other'],
    visibility: ['private', 'public'],
  };
  return (name) => (words[name] === undefined ? null : fc.constantFrom(...words[name]));
}
