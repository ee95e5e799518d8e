import type { StarterOptions } from './starter-pages.js';
/** A three-way merge of texts; `merge3` of the git room is one. */
export type TextMerge = (
  base: string,
  ours: string,
  theirs: string,
) => { clean: true; text: string } | { clean: false; conflicts: number };
export const guidePath = 'Meta/Wiki Usage Guide';
/** Whether a guide is as it was generated, so that it can be the base of a refresh. */
export function isGeneratedGuide(text: string): boolean {
  void text;
  return false;
}
/** Whether a generated guide would be written differently today. */
export function guideIsOutdated(current: string, options: StarterOptions): boolean {
  void current;
  void options;
  return false;
}
export interface GuideVersions {
  base: string | null;
  current: string;
}
/** The guide of today with the changes people made to theirs. */
export function refreshGuide(
  versions: GuideVersions,
  options: StarterOptions,
  merge: TextMerge,
): { clean: true; text: string } | { clean: false; conflicts: number } {
  void merge;
  void options;
  return { clean: true, text: versions.current };
}
