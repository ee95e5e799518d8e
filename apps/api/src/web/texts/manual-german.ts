import type { ManualTexts } from './manual-english.js';

/** What stands around the documentation, in German. */
export const manualInGerman: ManualTexts = {
  title: 'Dokumentation',
  all: 'Seiten der Dokumentation',
  search: 'Dokumentation durchsuchen',
  around: 'Vor und nach dieser Seite',
  markdown: 'Diese Seite als Markdown',
  missing: 'Die Dokumentation hat keine Seite unter dieser Adresse.',
};
