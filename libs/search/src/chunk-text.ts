interface Text {
  sectionPath: string;
  text: string;
}

/** What the model reads of a chunk: the headings as sentences before it, which it understands better than signs. */
export const embedded = ({ sectionPath, text }: Text): string => `${sectionPath.replaceAll(' > ', '. ')}. ${text}`;

/** A chunk as it is shown. */
export const shownChunk = ({ sectionPath, text }: Text): string => `[${sectionPath}] ${text}`;
