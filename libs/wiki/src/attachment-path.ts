import { notAllowed, pagePathFault, segmentFault, sizeFault } from './page-path.js';

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

/** The path under which a file that is no page may be put, in NFC; its folder need not be a page. */
export function filePath(input: string): string {
  const path = input.normalize('NFC');
  const cut = path.lastIndexOf('/');
  const fault = cut === -1 ? pagePathFault(path) : pagePathFault(path.slice(0, cut));
  const found = fault ?? nameFault(path.slice(cut + 1)) ?? sizeFault(path);
  if (found !== null) throw notAllowed(path, 'file path', found);
  return path;
}
