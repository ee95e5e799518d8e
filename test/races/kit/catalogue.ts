import pg from 'pg';

const tables = ['pages', 'page_names', 'page_tags', 'page_links', 'files', 'commits', 'commit_paths'];
const keywordTables = ['keyword_pages', 'keyword_words', 'keyword_totals'];

/** Every row of a wiki that is made from git, each as one text, in an order of their own; the commit they are of first. */
export async function rowsOf(databaseUrl: string, wiki: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const position = 'SELECT commit_oid AS row FROM catalogue_positions WHERE wiki = $1';
    const rows = (await client.query<{ row: string }>(position, [wiki])).rows.map(({ row }) => row);
    for (const table of [...tables, ...keywordTables]) {
      const sql = `SELECT '${table} ' || to_jsonb(t)::text AS row FROM ${table} t WHERE wiki = $1 ORDER BY 1`;
      rows.push(...(await client.query<{ row: string }>(sql, [wiki])).rows.map(({ row }) => row));
    }
    return rows;
  } finally {
    await client.end();
  }
}
