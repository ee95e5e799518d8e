import hljs from 'highlight.js';
import type { MarkdownIt } from 'markdown-it';
import type { Token } from 'markdown-it';
import { formula } from './math.js';
import { contextOf, type RuleContext } from './rule-context.js';

/** What is longer is not coloured: the time is not worth it. */
const longestColoured = 100_000;

/** Code: fences in colour, with numbered lines for ```` ```python= ````, diagrams, and formulas in fences or code spans. */
export function code(md: MarkdownIt): void {
  const { escapeHtml: escape } = md.utils;
  md.renderer.rules.fence = (tokens, at, _options, env) => fence(tokens[at], contextOf(env), escape);
  md.renderer.rules.code_block = (tokens, at, _options, env) => {
    const { content } = tokens[at];
    return block(escape(contextOf(env).links.restored(content)), '', false);
  };
  md.renderer.rules.code_inline = (tokens, at, _options, env) => {
    const text = contextOf(env).links.restored(tokens[at].content);
    const tex = /^\$(?!\$)(.+)\$$/s.exec(text)?.[1];
    return tex === undefined ? `<code>${escape(text)}</code>` : formula(tex, false);
  };
}

function fence({ content, info }: Token, context: RuleContext, escape: (text: string) => string): string {
  const source = context.links.restored(content);
  const [, name = '', numbered] = /^\s*\{?\.?([^\s{}=,]*)(=?)/.exec(context.links.restored(info)) ?? [];
  const language = name.toLowerCase();
  if (language === 'math') return formula(source, true);
  if (language === 'mermaid') {
    return `<pre class="wb-diagram"><code>${escape(source)}</code></pre>\n`;
  }
  const isKnown = source.length <= longestColoured && hljs.getLanguage(language) !== undefined;
  const html = isKnown ? hljs.highlight(source, { language, ignoreIllegals: true }).value : escape(source);
  return block(html, language, numbered === '=');
}

function block(html: string, language: string, isNumbered: boolean): string {
  const name = /^[a-z0-9+#._-]{1,40}$/.test(language) ? ` class="language-${language.replaceAll(/[+#.]/g, '-')}"` : '';
  const inner = isNumbered ? lines(html) : html;
  return `<pre class="wb-code${isNumbered ? ' wb-numbered' : ''}"><code${name}>${inner}</code></pre>\n`;
}

/** Each line in an element of its own; colours that go over lines begin again on each. */
function lines(html: string): string {
  const open: string[] = [];
  const whole = html.replace(/\n$/, '').split('\n');
  return whole
    .map((line) => {
      const before = open.join('');
      for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
        if (tag === '</span>') open.pop();
        else open.push(tag);
      }
      return `<span class="wb-line">${before}${line}${'</span>'.repeat(open.length)}\n</span>`;
    })
    .join('');
}
