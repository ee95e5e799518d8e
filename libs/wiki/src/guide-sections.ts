import { changesSections } from './guide-changes.js';
import { pageConventions } from './guide-conventions.js';
import type { GuideSection } from './guide-section.js';
import { toolMention } from './guide-tools.js';
import type { StarterOptions } from './starter-options.js';
import { homePath } from './starter-paths.js';
import { codeSpan, plainMarkdown } from './starter-text.js';

/** The parts of the usage guide, in order. */
export function guideSections(options: StarterOptions): GuideSection[] {
  return [toolsServed(options), ...sessions(options), pageConventions(options), ...changesSections(options)];
}

function toolsServed({ tools }: StarterOptions): GuideSection {
  const list = tools.map(({ name, summary }) => {
    const said = plainMarkdown(summary);
    return `- ${codeSpan(name)}${said === '' ? '' : `: ${said}`}`;
  });
  const none = ['This wiki serves no tools to agents; it is read and written through its other doors.'];
  return { heading: 'Tools', lines: list.length === 0 ? none : ['Agents work here with these tools:', '', ...list] };
}

function sessions({ tools }: StarterOptions): GuideSection[] {
  const mention = toolMention(tools);
  return [
    {
      heading: 'Beginning a session',
      lines: [
        `1. Read [[${homePath}]]${mention('read_note')}: what the wiki is for and where things are.`,
        `2. Read the recent changes${mention('get_recent_changes')}: what people and agents did since you were here.`,
        `3. Find the pages that matter for the task${mention('search_notes', 'get_links')}, and read them before you write.`,
      ],
    },
    {
      heading: 'Ending a session',
      lines: [
        `1. Put the results on a summary page${mention('write_note', 'edit_note')}: what was asked, what was found, what is still open.`,
        '2. Link the summary page from the index page of its area, and the pages it draws on from the summary.',
        `3. If the work opened a new area, link its index page from [[${homePath}]].`,
      ],
    },
  ];
}
