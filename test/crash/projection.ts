import pg from 'pg';

const tables = ['pages', 'page_names', 'page_tags', 'page_links', 'files', 'commits', 'commit_paths'];
const keywords = ['keyword_pages', 'keyword_words', 'keyword_totals'];

type Rows = Record<string, string[]>;

/** Every row that is made from git, in an order of its own, and how far the catalogue of each wiki has read. */
async function rowsOf(databaseUrl: string): Promise<{ rows: Rows; positions: Map<string, string> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const rows: Rows = {};
    for (const table of [...tables, ...keywords]) {
      const found = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`);
      rows[table] = found.rows.map(({ row }) => row);
    }
    const read = await client.query<{ wiki: string; commit_oid: string }>('SELECT * FROM catalogue_positions');
    return { rows, positions: new Map(read.rows.map((row) => [row.wiki, row.commit_oid])) };
  } finally {
    await client.end();
  }
}

/** Tables whose rows are others after a rebuild than those that live writes, kills and healing left. */
export async function unlikeRebuilt(
  databaseUrl: string,
  { tips, rebuild }: { tips: Map<string, string>; rebuild: () => Promise<unknown> },
): Promise<string[]> {
  const before = await rowsOf(databaseUrl);
  await rebuild();
  const after = await rowsOf(databaseUrl);
  const behind = [...tips].filter(([wiki, tip]) => before.positions.get(wiki) !== tip);
  return [
    ...behind.map(([wiki, tip]) => `the catalogue of ${wiki} had read up to ${before.positions.get(wiki)}, not ${tip}`),
    ...Object.keys(after.rows).flatMap((table) =>
      differences(table, before.rows[table] ?? [], after.rows[table] ?? []),
    ),
  ];
}

function differences(table: string, before: string[], after: string[]): string[] {
  const [had, has] = [new Set(before), new Set(after)];
  const only = (rows: string[], others: Set<string>, when: string) =>
    rows.filter((row) => !others.has(row)).map((row) => `${table}, ${when}: ${row.slice(0, 300)}`);
  return [...only(before, has, 'only before the rebuild'), ...only(after, had, 'only after it')].slice(0, 5);
}
