import type { MarkdownIt } from 'markdown-it';
import { contextOf } from './rule-context.js';

/** Wikilinks within blocks of HTML are links where they stand in its text; in its tags they are what is written. */
export function htmlLinks(md: MarkdownIt): void {
  md.renderer.rules.html_block = (tokens, at, options, env) => {
    const { content } = tokens[at];
    const { links } = contextOf(env);
    const pieces: string[] = [];
    let from = 0;
    for (const place of textPlaces(content, '{\uFDD0')) {
      const found = links.at(content, place);
      if (found === null) continue;
      const inline: typeof tokens = [];
      md.inline.parse(content.slice(place, place + found.length), md, env ?? {}, inline);
      pieces.push(content.slice(from, place), md.renderer.renderInline(inline, options, env ?? {}));
      from = place + found.length;
    }
    return pieces.join('') + content.slice(from);
  };
}

/** Where a text is found in HTML outside of tags; each character is looked at once. */
function textPlaces(html: string, text: string): number[] {
  if (!html.includes(text)) return [];
  const places: number[] = [];
  let within: 'text' | 'tag' | '"' | "'" = 'text';
  for (let at = 0; at < html.length; at += 1) {
    const sign = html[at];
    if (within === 'text') {
      if (sign === '<' && /[a-z/!?]/i.test(html[at + 1] ?? '')) within = 'tag';
      else if (html.startsWith(text, at)) places.push(at);
    } else if (within !== 'tag') {
      if (sign === within) within = 'tag';
    } else if (sign === '>') within = 'text';
    else if (sign === '"' || sign === "'") within = sign;
  }
  return places;
}
