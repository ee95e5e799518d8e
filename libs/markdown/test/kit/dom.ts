import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { PageText, Place, Showing } from '../../src/page-text.js';
import { showPage } from '../../src/shown/show-page.js';

type Node = DefaultTreeAdapterTypes.ChildNode;
export type Element = DefaultTreeAdapterTypes.Element;

/** A text as the page `Folder/Page` of a wiki in which these targets mean these places. */
export function aPage(text: string, places: Record<string, Place> = {}, more: Partial<PageText> = {}): PageText {
  return {
    ...{ path: 'Folder/Page', text, order: 'target-first', embeds: new Map() },
    places: new Map(Object.entries(places)),
    ...more,
  };
}

/** What a browser makes of a page: the elements in it, in order. */
export function shown(page: PageText | string, showing: Partial<Showing> = {}): Element[] {
  const { html } = showPage(typeof page === 'string' ? aPage(page) : page, { base: '/@alice/garden', ...showing });
  return elementsIn(parseFragment(html).childNodes);
}

const elementsIn = (nodes: readonly Node[]): Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsIn(node.childNodes)] : []));

/** An attribute of an element; null when it has none. */
export const attribute = (element: Element | undefined, name: string): string | null =>
  element?.attrs.find((one) => one.name === name)?.value ?? null;

/** What is read in an element. */
export const textOf = (element: Element | undefined): string =>
  (element?.childNodes ?? [])
    .map((node) => ('value' in node ? node.value : 'tagName' in node ? textOf(node) : ''))
    .join('');

/** Those with this name. */
export const named = (elements: readonly Element[], name: string): Element[] =>
  elements.filter(({ tagName }) => tagName === name);

/** The elements in an element. */
export const within = (element: Element | undefined): Element[] => elementsIn(element?.childNodes ?? []);
