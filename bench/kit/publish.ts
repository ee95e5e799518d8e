import { reportOf, type Report } from './report.ts';

/** Writes the report as a page of a wiki, through the REST API like anybody else. */
export async function publish(
  report: Report,
  wiki: string,
  { url, token }: { url: string; token: string },
): Promise<string> {
  const path = `Performance/${report.taken.slice(0, 10)}`;
  const address = `${url.replace(/\/$/, '')}/@${wiki.replace(/^@/, '')}/api/v1/pages/${encodeURIComponent(path)}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const known = await fetch(address, { headers });
  const { revision } = (known.ok ? await known.json() : {}) as { revision?: string };
  const content = `---\ntitle: Performance ${report.taken.slice(0, 10)}\ntags: [performance]\n---\n\n# Performance\n\n${reportOf(report)}`;
  const body = JSON.stringify({ content, ...(revision !== undefined && { revision }) });
  const answer = await fetch(address, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(`The page was refused (${answer.status}): ${await answer.text()}`);
  return path;
}
