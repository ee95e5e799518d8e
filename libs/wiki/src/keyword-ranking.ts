import type { Access } from '@lib/acl';
import type { KeywordForm, KeywordHit, KeywordQuestion, WeighedTerm } from '@lib/search';
import { anyOf, resultsQuery } from './keyword-query.js';
import { Parameters, withinReach } from './keyword-reach.js';
import type { KeywordRows, KeywordSource } from './keyword-source.js';
import type { Narrowing } from './narrowing.js';

// BM25F: how often a word occurs counts by field, with ever smaller gain; long pages count less.
const saturation = 1.2;
const lengthShare = 0.5;
const fields = { title: 5, heading: 2 };
// What headings and text can bring together, below one word in the title: titles come first.
const mostOfText = 4.5;
// Pages named exactly as the query come before all others.
const namedFrom = 0.9;
const mostResults = 10_000;

// The cover density of a single word is the sum of the weights of its places. With these weights, one call gives
// the number of places in title (bits 16 and up), headings (8 to 15) and text (0 to 7).
const packing = `'{${1 / 65536},0,${1 / 256},1}'::real[]`;

interface Row {
  path: string | null;
  name: string;
  revision: string | null;
  score: number;
  is_named: boolean;
  total: number;
}

/** Ranks the pages that answer a question, in one statement, without reading a text. */
export async function ranked(
  { manager, source }: KeywordRows,
  access: Access,
  question: KeywordQuestion,
  among: { narrowing: Narrowing; limit: number; offset: number },
): Promise<{ hits: KeywordHit[]; total: number }> {
  const query = resultsQuery(question);
  if (query === '') return { hits: [], total: 0 };
  const parameters = new Parameters();
  const sql = statement({ source, access, question, query, ...among }, parameters);
  const rows = await manager.query<Row[]>(sql, parameters.values);
  const hits = rows.flatMap(({ path, name, revision, score, is_named: isNamed }) =>
    path === null ? [] : [{ path, name, revision, score, isNamed }],
  );
  return { hits, total: rows[0]?.total ?? 0 };
}

interface Ranking {
  source: KeywordSource;
  access: Access;
  question: KeywordQuestion;
  query: string;
  narrowing: Narrowing;
  limit: number;
  offset: number;
}

function statement(ranking: Ranking, parameters: Parameters): string {
  const { source, access, question, query, narrowing, limit, offset } = ranking;
  const reach = withinReach(access, 'k', parameters);
  const condition = `${reach} AND k.tsv @@ ${parameters.add(query)}::tsquery`;
  const chosen = { columns: 'k.path, k.words, k.names, k.tsv', condition, narrowing };
  const ofPart = { columns: 'k.name, k.revision', condition: `${reach} AND k.path = part.path` };
  const score = new Score(question, parameters);
  return `
    WITH scored AS MATERIALIZED (
      SELECT k.path, ${score.isNamed} AS is_named, ${score.sql} AS score
      FROM (
        ${source.select('keyword_pages', chosen, parameters)}
        LIMIT ${mostResults}
      ) k CROSS JOIN LATERAL (SELECT ${score.counts} OFFSET 0) n
    ),
    part AS (
      SELECT path, is_named, score FROM scored ORDER BY score DESC, path
      LIMIT ${parameters.add(limit)} OFFSET ${parameters.add(offset)}
    )
    SELECT part.path, p.name, p.revision, part.is_named, part.score, total.total
    FROM (SELECT count(*)::int AS total FROM scored) total
    LEFT JOIN part ON true
    LEFT JOIN LATERAL (
      ${source.select('pages', ofPart, parameters)} LIMIT 1
    ) p ON true
    ORDER BY part.score DESC, part.path`;
}

/** The SQL of a page's score: how much of what the terms are worth the page has. */
class Score {
  /** Columns n0, n1, … of a sub-select: the packed counts of each set of forms. */
  readonly counts: string;
  readonly sql: string;
  readonly isNamed: string;
  private readonly columns: string[] = [];

  constructor(
    { terms, name, meanWords }: KeywordQuestion,
    private readonly parameters: Parameters,
  ) {
    const length = `(${1 - lengthShare} + ${lengthShare} * k.words / ${parameters.add(Math.max(meanWords, 1))}::float8)`;
    const all = Math.max(
      terms.reduce((sum, { weight }) => sum + weight, 0),
      Number.MIN_VALUE,
    );
    const parts = terms.map((term) => this.worth(term, length));
    const share = `((${parts.join(' + ')}) / ${parameters.add(all)}::float8)`;
    this.isNamed = `k.names @> ARRAY[${parameters.add(name)}::text]`;
    const placed = `CASE WHEN ${this.isNamed} THEN ${namedFrom} + ${1 - namedFrom} * ${share} ELSE ${namedFrom} * ${share} END`;
    this.sql = `round((${placed}) * 10000) / 10000`;
    this.counts = this.columns.join(', ');
  }

  private worth({ forms, weight }: WeighedTerm, length: string): string {
    const shares = [...new Set(forms.map(({ share = 1 }) => share))];
    const best = shares.map((share) => {
      const alike = forms.filter((form) => (form.share ?? 1) === share);
      return `${share} * ${this.saturated(alike, length)}`;
    });
    return `${this.parameters.add(weight)}::float8 * greatest(${best.join(', ')}, 0)`;
  }

  private saturated(forms: readonly KeywordForm[], length: string): string {
    const packed = `n${this.columns.length}`;
    const query = `${this.parameters.add(anyOf(forms))}::tsquery`;
    this.columns.push(`(ts_rank_cd(${packing}, k.tsv, ${query}) * 65536)::int AS ${packed}`);
    const text = `${fields.heading} * ((n.${packed} >> 8) & 255) + (n.${packed} & 255) / ${length}`;
    const frequency = `(${fields.title} * (n.${packed} >> 16) + least(${text}, ${mostOfText}))`;
    return `(1 - ${saturation} / (${saturation} + ${frequency}))`;
  }
}
