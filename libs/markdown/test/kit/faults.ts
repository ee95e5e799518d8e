import type { Element } from './dom.js';

const running = new Set([
  'script',
  'iframe',
  'object',
  'embed',
  'form',
  'base',
  'meta',
  'style',
  'link',
  'svg',
  'template',
  'noscript',
  'frame',
  'applet',
  'textarea',
  'title',
  'xmp',
  'plaintext',
  'button',
  'select',
]);
const addresses = [
  'href',
  'src',
  'srcset',
  'poster',
  'action',
  'formaction',
  'xlink:href',
  'data',
  'background',
  'cite',
  'ping',
];

/** Whether nothing of what a browser makes of a page runs, loads from elsewhere, or leads to a scheme that does. */
export function faults(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    const found: string[] = running.has(element.tagName) ? [`<${element.tagName}>`] : [];
    for (const { name, value } of element.attrs) {
      if (/^on|^style$|^srcdoc$|^name$/i.test(name)) found.push(`${element.tagName} ${name}=${value}`);
      if (!addresses.includes(name)) continue;
      const url = URL.canParse(value, 'https://wiki.example/@alice/garden/Page')
        ? new URL(value, 'https://wiki.example/@alice/garden/Page')
        : null;
      const isLink = element.tagName === 'a' && name === 'href';
      const allowed = isLink ? ['https:', 'http:', 'mailto:', 'tel:'] : ['https:', 'data:'];
      if (url !== null && !allowed.includes(url.protocol)) found.push(`${element.tagName} ${name}=${value}`);
      if (url !== null && !isLink && url.protocol === 'https:' && url.host !== 'wiki.example')
        found.push(`loads ${value}`);
    }
    return found;
  });
}
