import { notAllowed, segmentFault, sizeFault } from './page-path.js';

/** The name under which a file may be attached to a page, in NFC; the rules of page names, blanks kept. */
export function attachmentName(input: string): string {
  const name = input.normalize('NFC');
  const fault = nameFault(name);
  if (fault !== null) throw notAllowed(name, 'file name', fault);
  return name;
}

function nameFault(name: string): string | null {
  if (name === '') return 'it is empty';
  if (name.includes('/')) return 'it contains a slash';
  if (/\.md$/i.test(name)) return 'a file ending in .md is a page; write it as one';
  return segmentFault(name) ?? sizeFault(name);
}

/** The file of an attachment: those of page `A/B` are in the folder `A/B`. */
export function attachmentFile(page: string, name: string): string {
  return `${page}/${name}`;
}
