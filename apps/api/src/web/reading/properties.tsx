import { type Frontmatter, parseFrontmatter } from '@lib/markdown';
import type { ComponentChildren } from 'preact';
import type { Texts } from '../texts/texts.js';

interface PropertiesProps {
  content: string;
  base: string;
  texts: Texts;
}

/** What the frontmatter of a page says, in the author's order; a notice when it cannot be read. */
export function Properties({ content, base, texts }: PropertiesProps) {
  const { data, order, problem } = parseFrontmatter(content);
  if (problem !== null) return <Broken problem={problem} texts={texts} />;
  if (data === null || order.length === 0) return null;
  return (
    <details class="site-properties">
      <summary>{texts.properties.title}</summary>
      <dl>
        {order.map((name) => (
          <Property name={name}>
            <Value value={data[name]} link={labelLink(name, base)} texts={texts} />
          </Property>
        ))}
      </dl>
    </details>
  );
}

function Broken({ problem, texts }: { problem: NonNullable<Frontmatter['problem']>; texts: Texts }) {
  return (
    <p class="site-notice">
      {texts.properties.broken} <span lang="en">{problem}</span>
    </p>
  );
}

function Property({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt dir="auto">{name}</dt>
      <dd dir="auto">{children}</dd>
    </>
  );
}

type Link = ((label: string) => string) | null;

/** Where a category or a tag leads; other values lead nowhere. */
function labelLink(name: string, base: string): Link {
  const kind = { tags: 'tag', category: 'category' }[name];
  return kind === undefined ? null : (label) => `${base}/-/${kind}/${encodeURIComponent(label)}`;
}

function Value({ value, link, texts }: { value: unknown; link: Link; texts: Texts }) {
  if (Array.isArray(value)) {
    return (
      <ul>
        {value.map((one: unknown) => (
          <li>
            <Value value={one} link={link} texts={texts} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object' && value !== null) {
    return (
      <dl>
        {Object.entries(value as Record<string, unknown>).map(([name, inner]) => (
          <Property name={name}>
            <Value value={inner} link={null} texts={texts} />
          </Property>
        ))}
      </dl>
    );
  }
  return <Single text={textOf(value, texts)} link={link} />;
}

/** One value; tags may also be one text with commas. */
function Single({ text, link }: { text: string; link: Link }) {
  if (link === null) return <Dated text={text} />;
  const labels = text.split(',').map((label) => label.trim());
  return (
    <>
      {labels.filter(Boolean).map((label, at) => (
        <>
          {at > 0 && ', '}
          <a href={link(label.toWellFormed())}>{label}</a>
        </>
      ))}
    </>
  );
}

/** Dates are said to be such; everything else is text. */
function Dated({ text }: { text: string }) {
  const isDate = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);
  return isDate ? <time datetime={text}>{text}</time> : <>{text}</>;
}

function textOf(value: unknown, { properties }: Texts): string {
  if (typeof value === 'boolean') return value ? properties.yes : properties.no;
  if (value === null || value === undefined) return properties.none;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
