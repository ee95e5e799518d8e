/** The colours of the picture, as the styles of the page have them. */
export interface Colours {
  groups: string[];
  others: string;
  none: string;
  missing: string;
  line: string;
  ink: string;
  paper: string;
  accent: string;
}

/** Reads them anew: they change with the theme. */
export function coloursOf(place: Element): Colours {
  const styles = getComputedStyle(place);
  const read = (name: string) => styles.getPropertyValue(name).trim();
  return {
    groups: Array.from({ length: 7 }, (_, at) => read(`--graph-${at + 1}`)),
    ...{ others: read('--graph-others'), none: read('--graph-none'), missing: read('--missing') },
    ...{ line: read('--graph-line'), ink: read('--ink'), paper: read('--paper'), accent: read('--accent') },
  };
}
