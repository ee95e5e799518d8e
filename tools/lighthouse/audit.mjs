// Audits pages with a Chromium that listens at a port: `audit.mjs <port> <address>…` writes one line of JSON for each.
import lighthouse from 'lighthouse';

const [port, ...addresses] = process.argv.slice(2);
const onlyCategories = ['accessibility', 'best-practices', 'seo'];

for (const address of addresses) {
  const result = await lighthouse(address, { port: Number(port), onlyCategories, output: 'json', logLevel: 'error' });
  const { categories, audits, finalDisplayedUrl } = result.lhr;
  const scores = Object.fromEntries(onlyCategories.map((id) => [id, Math.round((categories[id].score ?? 0) * 100)]));
  const failed = Object.values(audits)
    .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score === 0)
    .map(({ id, title, details }) => `${id}: ${title} ${JSON.stringify(details?.items ?? []).slice(0, 400)}`);
  console.log(JSON.stringify({ address: finalDisplayedUrl, scores, failed }));
}
