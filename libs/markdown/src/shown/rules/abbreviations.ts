import type { MarkdownIt, StateBlock, Token } from 'markdown-it';
import { contextOf } from './rule-context.js';

const definition = /^\*\[([^\][\n]{1,100})\]:[ \t]*(\S.*)$/;
const letter = /[\p{L}\p{N}\p{M}_]/u;
/** So many are known on a page; more would make it slow. */
const most = 500;

/** Abbreviations: `*[HTML]: Hyper Text Markup Language` says of each `HTML` of the page what it is short for. */
export function abbreviations(md: MarkdownIt): void {
  const known = new WeakMap<object, Map<string, string>>();
  const alt = ['paragraph', 'reference'];
  const read = (state: StateBlock, from: number, _to: number, silent: boolean) => {
    const found = definition.exec(lineAt(state, from));
    if (found === null || (state.sCount[from] ?? 0) - state.blkIndent >= 4) return false;
    if (silent) return true;
    const ofPage = known.get(state.env) ?? new Map<string, string>();
    known.set(state.env, ofPage);
    const [, short = '', long = ''] = found;
    if (!ofPage.has(short) && ofPage.size < most) ofPage.set(short, contextOf(state.env).links.restored(long.trim()));
    state.line = from + 1;
    return true;
  };
  md.block.ruler.before('reference', 'abbreviation', read, { alt });
  md.core.ruler.after('linkify', 'abbreviations', ({ env, tokens }) => {
    const ofPage = known.get(env);
    if (ofPage === undefined) return;
    const finder = new Abbreviations(ofPage);
    for (const token of tokens) {
      if (token.type === 'inline') token.children = (token.children ?? []).flatMap((child) => finder.marked(child));
    }
  });
}

const lineAt = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

/** Finds whole words and terms in texts; the longest of those that begin at a place. */
class Abbreviations {
  private readonly byFirst = new Map<string, string[]>();

  private readonly known: ReadonlyMap<string, string>;

  constructor(known: ReadonlyMap<string, string>) {
    this.known = known;
    for (const short of [...known.keys()].sort((a, b) => b.length - a.length)) {
      const first = short.charAt(0);
      this.byFirst.set(first, [...(this.byFirst.get(first) ?? []), short]);
    }
  }

  /** A text with elements around what is short for something. */
  marked(token: Token): Token[] {
    if (token.type !== 'text') return [token];
    const { content } = token;
    const made: Token[] = [];
    let from = 0;
    for (let at = 0; at < content.length; at += 1) {
      const short = this.at(content, at);
      if (short === null) continue;
      if (at > from) made.push(like(token, 'text', content.slice(from, at)));
      const open = like(token, 'abbr_open', '', 1);
      open.attrs = [['title', this.known.get(short) ?? '']];
      made.push(open, like(token, 'text', short), like(token, 'abbr_close', '', -1));
      from = at + short.length;
      at = from - 1;
    }
    if (from === 0) return [token];
    return from < content.length ? [...made, like(token, 'text', content.slice(from))] : made;
  }

  private at(text: string, at: number): string | null {
    const shorts = this.byFirst.get(text.charAt(at));
    if (shorts === undefined || letter.test(text.charAt(at - 1))) return null;
    return shorts.find((short) => text.startsWith(short, at) && !letter.test(text.charAt(at + short.length))) ?? null;
  }
}

function like(token: Token, type: string, content: string, nesting: 0 | 1 | -1 = 0): Token {
  const Made = token.constructor as new (type: string, tag: string, nesting: 0 | 1 | -1) => Token;
  const made = new Made(type, nesting === 0 ? '' : 'abbr', nesting);
  [made.content, made.level] = [content, token.level];
  return made;
}
