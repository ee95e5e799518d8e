// Runs every test and closes with one line that sums them up: `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'wikibot-results-'));
const results = join(scratch, 'results.json');

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const code = await run([vitest, 'run', ...reporters, ...process.argv.slice(2)]);

let counts = { passed: 0, failed: 1 };
try {
  const report = JSON.parse(readFileSync(results, 'utf8'));
  // A file that could not be loaded has no failed test of its own, yet it is a failure.
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  counts = { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
} catch {
  console.error('The test runner left no results.');
}
if (code !== 0 && counts.failed === 0) counts.failed = 1;
rmSync(scratch, { recursive: true, force: true });
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
