/** What the editor says; it comes with the form, in the language of the page. */
export interface Says {
  find: string;
  tableRow: string;
  tableColumn: string;
  tableAlign: string;
  /** With `{count}` in it. */
  words: string;
  /** With `{time}` in it. */
  kept: string;
  notKept: string;
  keeping: string;
  discard: string;
  keysHint: string;
  /** What the panel for finding says, by what it says in English. */
  phrases: Record<string, string>;
}

/** Reads what the editor says from its form. */
export const saysOf = (form: HTMLFormElement): Says => JSON.parse(form.dataset.says ?? '{}') as Says;
