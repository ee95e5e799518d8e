import type { Link, LinkOrder } from './links.js';
export function rewriteLinks(text: string, order: LinkOrder, rename: (link: Link) => string | null): string {
  void order;
  void rename;
  return text;
}
/** The target that makes a link lead to `page`, in the way that link was written (relative stays relative). */
export function retarget(link: Link, page: string, from: string): string {
  void link;
  void from;
  return page;
}
