/** A part of the usage guide under a heading of its own. Each statement is one line, so that refreshes merge. */
export interface GuideSection {
  heading: string;
  lines: string[];
}
