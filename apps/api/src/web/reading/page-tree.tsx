import { pageAddress } from '@lib/markdown';
import type { TreeLevel } from '@lib/wiki';
import type { Texts } from '../texts/texts.js';

interface PageTreeProps {
  /** From the root down; each lies in the one before. */
  levels: readonly TreeLevel[];
  path: string;
  base: string;
  texts: Texts;
}

/** Where a page lies among the others: the folders on the way to it, opened, and what is beside it. */
export function PageTree({ levels, path, base, texts }: PageTreeProps) {
  if (levels.length === 0) return null;
  return (
    <nav class="site-tree" aria-label={texts.pageTree}>
      <Level {...{ levels, path, base, texts }} />
    </nav>
  );
}

function Level({ levels: [level, ...below], path, base, texts }: PageTreeProps) {
  if (level === undefined) return null;
  const [next] = below;
  return (
    <ul>
      {level.names.map((one) => (
        <li>
          <a
            href={pageAddress(base, one.path)}
            class={one.isFolder ? 'site-tree-folder' : undefined}
            aria-current={one.path === path ? 'page' : undefined}
            dir="auto"
          >
            {one.name}
          </a>
          {next?.folder === one.path && <Level {...{ levels: below, path, base, texts }} />}
        </li>
      ))}
      {level.isCut && (
        <li>
          <a href={`${base}/-/index`} class="site-soft">
            {texts.morePages}
          </a>
        </li>
      )}
    </ul>
  );
}
