/** What the first page of a wiki may be called, wherever the wiki comes from. */
export const homes = ['Home', 'index', 'README'];
