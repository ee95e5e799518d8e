import katex from 'katex';
import type { MarkdownIt } from 'markdown-it';
import type { StateBlock, StateInline } from 'markdown-it';
import { contextOf } from './rule-context.js';

const longestFormula = 10_000;
// `$5 and $6` is money: a formula has no blank inside its signs, and no digit behind them.
const inline = /\$\$(?!\s)((?:[^\\$]|\\[^])+?)\$\$|\$(?![\s$])((?:[^\\$\n]|\\[^\n]|\n(?!\n))+?)(?<![\s\\])\$(?!\d)/y;

/** Formulas in TeX: `$…$`, `$$…$$`, fences of `math`, and code that begins and ends with `$`. */
export function math(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'formula', (state, silent) => {
    inline.lastIndex = state.pos;
    const found = state.src[state.pos] === '$' ? inline.exec(state.src) : null;
    if (found === null) return false;
    if (!silent) add(state, found[1] ?? found[2] ?? '', found[1] !== undefined);
    state.pos += found[0].length;
    return true;
  });
  md.block.ruler.before('fence', 'formula-block', formulaBlock, { alt: ['paragraph', 'blockquote', 'list'] });
  md.renderer.rules['formula'] = (tokens, at, _options, env) => {
    const { content = '', block } = tokens[at] ?? {};
    return formula(contextOf(env).links.restored(content), block === true);
  };
}

function add(state: StateInline, content: string, isBlock: boolean): void {
  const token = state.push('formula', 'math', 0);
  token.content = content;
  token.block = isBlock;
}

function formulaBlock(state: StateBlock, from: number, to: number, silent: boolean): boolean {
  const lineAt = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
  if ((state.sCount[from] ?? 0) - state.blkIndent >= 4 || !lineAt(from).startsWith('$$')) return false;
  const first = lineAt(from).slice(2);
  let [end, closed] = [from, first.length > 0 && first.endsWith('$$')];
  const lines = [closed ? first.slice(0, -2) : first];
  while (!closed && end + 1 < to) {
    end += 1;
    const line = lineAt(end);
    closed = line.endsWith('$$');
    lines.push(closed ? line.slice(0, -2) : line);
  }
  if (!closed) return false;
  if (silent) return true;
  const token = state.push('formula', 'math', 0);
  token.content = lines.join('\n');
  token.block = true;
  token.map = [from, end + 1];
  state.line = end + 1;
  return true;
}

/** A formula as MathML, which needs neither styles nor fonts of ours; one that cannot be read is shown as it is written. */
export function formula(tex: string, isBlock: boolean): string {
  try {
    if (tex.length > longestFormula) throw new Error(`A formula has at most ${longestFormula} characters.`);
    const options = {
      output: 'mathml',
      displayMode: isBlock,
      trust: false,
      strict: 'ignore',
      maxExpand: 200,
      maxSize: 50,
    };
    const html = katex.renderToString(tex, { ...options, output: 'mathml', strict: 'ignore', throwOnError: true });
    const shown = /<math[^]*<\/math>/.exec(html)?.[0] ?? '';
    return isBlock ? `<p class="wb-formula">${shown}</p>\n` : shown;
  } catch (error) {
    const [why, source] = [(error as Error).message, tex].map((text) => escaped(text ?? ''));
    const code = `<code class="wb-unreadable" title="${why}">${source}</code>`;
    return isBlock ? `<p class="wb-formula">${code}</p>\n` : code;
  }
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
