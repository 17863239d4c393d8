// `npm test`: everything that CI runs. The last line counts the tests.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareToolchain, root, run } from './toolchain.mjs';

const steps = [
  ['Build', 'turbo', 'run', 'build', '--output-logs=errors-only'],
  ['Lint, format, unused code', 'turbo', 'run', 'lint', '--output-logs=errors-only'],
  ['Generated files are current', 'turbo', 'run', 'drift', '--output-logs=errors-only'],
  ['Types', 'turbo', 'run', 'typecheck', '--output-logs=errors-only'],
  ['Tests', 'turbo', 'run', 'test', '--concurrency=1', '--continue'],
  ['Contract', 'turbo', 'run', 'contract'],
  ['Packages', 'turbo', 'run', 'check:package', '--output-logs=errors-only'],
  ['Size', 'turbo', 'run', 'check:size', '--output-logs=new-only'],
];

prepareToolchain();
const reports = findReports();
for (const report of reports) rmSync(report);

const failed = [];
for (const [title, command, ...args] of steps) {
  console.log(`\n== ${title}`);
  if (run(command, args) !== 0) failed.push(title);
}

let passedTests = 0;
let failedTests = 0;
for (const report of findReports()) {
  const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
  passedTests += numPassedTests;
  // What neither passed nor failed was skipped, and counts as failed: nothing may be skipped.
  failedTests += numTotalTests - numPassedTests;
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}.`);
console.log(`\n${passedTests} passed, ${failedTests} failed`);
process.exit(failed.length > 0 || failedTests > 0 || passedTests === 0 ? 1 : 0);

/** The JSON reports that vitest writes, one for each run. */
function findReports() {
  return ['packages', 'tooling', 'examples', '.'].flatMap((group) =>
    readdirSync(join(root, group)).flatMap((name) => {
      try {
        const folder = join(root, group, name, '.vitest');
        return readdirSync(folder).map((file) => join(folder, file));
      } catch {
        return [];
      }
    }),
  );
}
