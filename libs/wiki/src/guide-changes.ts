import { categoryMeanings } from './categories.js';
import type { GuideSection } from './guide-section.js';
import { toolMention } from './guide-tools.js';
import type { StarterOptions } from './starter-options.js';
import { codeSpan, oneLine, pipedLink } from './starter-text.js';

/** How pages are changed, sorted, looked after and put away. */
export function changesSections(options: StarterOptions): GuideSection[] {
  return [commitMessages, createOrUpdate(options), categoriesAndTags(options), gardening(options), archiving(options)];
}

const commitMessages: GuideSection = {
  heading: 'Commit messages',
  lines: [
    'Every change has a message of the form `Page: what changed and why`, for example:',
    ...['', '`Actors/Iran: add the 2024 election, the succession page needs it`', ''],
    'A change of many pages names their area. The message is for whoever reads the history later; who and when are recorded anyway.',
  ],
};

function createOrUpdate({ tools }: StarterOptions): GuideSection {
  const mention = toolMention(tools);
  return {
    heading: 'Create or update',
    lines: [
      `- Search first${mention('search_notes', 'list_notes')}. If a page on the subject exists, update it${mention('edit_note')}; two pages on one subject drift apart.`,
      `- Create a page${mention('write_note')} for a subject that has none and will be linked from more than one place; otherwise write a section.`,
      '- Change a page with the revision you read. If someone else changed it meanwhile, read the result before you go on.',
      `- Correct in place: history keeps what was there${mention('get_history')}. Do not add a second opinion below the first.`,
    ],
  };
}

function categoriesAndTags({ categories }: StarterOptions): GuideSection {
  const list = categories
    .filter((category) => oneLine(category) !== '')
    .map((category) => {
      const meaning = categoryMeanings.get(category);
      return `- ${codeSpan(category)}${meaning === undefined ? '' : `: ${meaning}`}`;
    });
  const none = [
    'This wiki has no list of categories; leave the key out, or agree on some and add them to its settings.',
  ];
  return {
    heading: 'Categories and tags',
    lines: [
      ...(list.length === 0 ? none : ['A page has one category, from this list:', '', ...list]),
      '',
      'Tags are free. Write them in lower case with hyphens, and use those that exist before you add one.',
    ],
  };
}

function gardening({ tools }: StarterOptions): GuideSection {
  const mention = toolMention(tools);
  return {
    heading: 'Gardening',
    lines: [
      `- Orphans: find the pages no other page links to${mention('garden_report', 'find_orphaned_notes')}, and link each from where a reader would look for it.`,
      `- Stale pages: read what has not changed for long${mention('garden_report', 'list_notes')}; confirm it, correct it, or archive it.`,
      `- Links: mend links to missing pages and those that could mean several${mention('garden_report', 'get_links')}; name the full path where a short one is ambiguous.`,
      '- Do a little of this in every session, on the pages you have read anyway.',
    ],
  };
}

function archiving({ tools, linkOrder }: StarterOptions): GuideSection {
  const mention = toolMention(tools);
  const banner = `> **Superseded** by ${pipedLink('Area/New subject', 'the new page', linkOrder)}.`;
  return {
    heading: 'Superseding and archiving',
    lines: [
      `- Superseded: another page takes the place of this one. Set \`status: superseded\` and put a banner at the top, ${codeSpan(banner)}, then link the new page wherever the old one was linked.`,
      `- Archived: nobody needs the page for work any more. Set \`status: archived\`, move it below \`Archive/\`${mention('rename_note')}, for example from \`Area/Subject\` to \`Archive/Area/Subject\`; the move rewrites the links to it.`,
      '- Archived pages have `archived: true`, `source` (the path or address it came from), `date` (the day it was archived, as `2026-01-31`) and `note` (why).',
      '- Delete only what should never have been written; an archived page can still be found and cited.',
    ],
  };
}
