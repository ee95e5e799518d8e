import { describe, expect, it } from 'vitest';
import { toggled } from '../toggled.js';
import { type Answer, entriesFor, type Hit, isMeant, markedParts } from './entries.js';
import { pathsIn, withVisit } from './visits.js';

const hit = (kind: Hit['kind'], name: string, path = name): Hit => ({
  ...{ kind, name, path, address: `/w/${path}`, snippet: kind === 'text' ? 'A fox.' : null, marks: [] },
});
const action = (name: string) => ({ name, address: null, key: null, act: () => {} });
const all = hit('text', 'All results');
const actions = [action('New page'), action('History'), action('Änderungen')];

describe('the lines of the palette', () => {
  const lines = (typed: string, answer: Partial<Answer>) =>
    entriesFor(typed, { answer: { mode: null, results: [], visited: [], ...answer }, actions, all }).map(
      ({ group, name }) => `${group}: ${name}`,
    );

  it('are pages visited lately and every action when nothing was typed', () => {
    expect(lines('', { visited: [hit('page', 'Fox')] })).toEqual([
      'visited: Fox',
      'actions: New page',
      'actions: History',
      'actions: Änderungen',
    ]);
  });

  it('are names, then actions, then texts, then the way to all of it', () => {
    const results = [hit('page', 'New York'), hit('section', 'News', 'Media'), hit('text', 'Papers')];

    expect(lines('new', { results })).toEqual([
      'pages: New York',
      'pages: News',
      'actions: New page',
      'pages: Papers',
      'all: All results',
    ]);
  });

  it('name the path of a page beside its name, unless that says nothing more', () => {
    const results = [hit('page', 'Fox', 'Animals/Fox'), hit('page', 'Cow')];
    const entries = entriesFor('x', { answer: { mode: null, results, visited: [] }, actions, all });

    expect(entries.slice(0, 2).map(({ detail }) => detail)).toEqual(['Animals/Fox', '']);
  });

  it.each([
    ['New page', 'pa', true],
    ['New page', 'ne pag', true],
    ['New page', 'age', false],
    ['Änderungen', 'ander', true],
    ['Sign out', 'SIGN', true],
    ['Sign out', 'sign in', false],
  ])('take %s for what is meant by %s: %s', (name, typed, expected) => {
    expect(isMeant(name, typed)).toBe(expected);
  });

  it('have what was looked for marked', () => {
    expect(markedParts('The red fox', [[4, 7]])).toEqual([
      { text: 'The ', isMarked: false },
      { text: 'red', isMarked: true },
      { text: ' fox', isMarked: false },
    ]);
    expect(markedParts('red', [[0, 3]])).toEqual([{ text: 'red', isMarked: true }]);
    expect(markedParts('', [])).toEqual([]);
  });
});

describe('the pages visited lately', () => {
  it('are each there once, the last first, and not too many', () => {
    expect(withVisit(['A', 'B', 'C'], 'B')).toEqual(['B', 'A', 'C']);
    const many = Array.from({ length: 30 }, (_, at) => `Page ${at}`);
    expect(withVisit(many, 'New')).toHaveLength(12);
    expect(withVisit(many, 'New')[0]).toBe('New');
  });

  it.each([[null], [''], ['{'], ['{"a":1}'], ['null'], ['[1, null, {}]']])('are none where %s was kept', (text) => {
    expect(pathsIn(text)).toEqual([]);
  });

  it('are what was kept', () => {
    expect(pathsIn('["A", 1, "B/C"]')).toEqual(['A', 'B/C']);
  });
});

describe('the bars at the sides', () => {
  it.each([
    ['', 'side', 'side'],
    ['side', 'side', ''],
    ['side', 'aside', 'side aside'],
    ['aside', 'side', 'side aside'],
    ['side aside', 'side', 'aside'],
    ['nonsense', 'aside', 'aside'],
  ] as const)('%j with %s toggled are %j', (hidden, part, expected) => {
    expect(toggled(hidden, part)).toBe(expected);
  });
});
