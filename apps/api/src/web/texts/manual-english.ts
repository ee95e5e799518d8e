/** What stands around the documentation, which is English itself. */
export const manualInEnglish = {
  title: 'Documentation',
  all: 'Pages of the documentation',
  search: 'Search the documentation',
  around: 'Before and after this page',
  markdown: 'This page as markdown',
  missing: 'The documentation has no page at this address.',
};

export type ManualTexts = typeof manualInEnglish;
