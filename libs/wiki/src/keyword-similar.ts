import type { Access } from '@lib/acl';
import { Parameters } from './keyword-reach.js';
import type { KeywordRows } from './keyword-source.js';

// Swapped letters leave few groups of three alike in a short word: "irna" and "iran" share 2 of 8.
const alikeEnough = { short: 0.2, long: 0.3 };
const shortWord = 5;
const mostLookedAt = 200;
const mostGiven = 3;

/** Words of a wiki that are spelled almost like this one, the likeliest first. */
export async function similarWords({ manager, source }: KeywordRows, access: Access, word: string): Promise<string[]> {
  const length = [...word].length;
  if (length < 3) return [];
  const [allowed, alike] = length <= shortWord ? [1, alikeEnough.short] : [2, alikeEnough.long];
  const rows = await manager.transaction(async (transaction) => {
    await transaction.query("SELECT set_config('pg_trgm.similarity_threshold', $1, true)", [String(alike)]);
    const parameters = new Parameters();
    const words = source.words(access, [length - allowed, length + allowed], parameters);
    const spelled = `keyword_spelling(${parameters.add(word)}::text)`;
    return transaction.query<{ word: string; pages: number }[]>(
      `SELECT word, pages FROM (${words}) words
       WHERE spelling % ${spelled}
       ORDER BY similarity(spelling, ${spelled}) DESC, pages DESC, word LIMIT ${mostLookedAt}`,
      parameters.values,
    );
  });
  const once = new Map(rows.map((row) => [row.word, row]));
  return [...once.values()]
    .map(({ word: other, pages }) => ({ other, pages, distance: editDistance(word, other) }))
    .filter(({ distance }) => distance > 0 && distance <= allowed)
    .sort((one, two) => one.distance - two.distance || two.pages - one.pages)
    .slice(0, mostGiven)
    .map(({ other }) => other);
}

/** How many letters must be changed, added, dropped or swapped with their neighbour to make one word of the other. */
function editDistance(one: string, two: string): number {
  const [a, b] = [[...one], [...two]];
  let [before, last] = [[] as number[], Array.from(b, (_, place) => place)];
  last.push(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cell(i, j, row));
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;

  function cell(i: number, j: number, row: number[]): number {
    const changed = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swapped = isSwapped ? at(before, j - 2) + 1 : Infinity;
    return Math.min(changed, swapped, at(last, j) + 1, at(row, j - 1) + 1);
  }
}

const at = (row: readonly number[], place: number) => row[place] ?? Infinity;
