// `npm test`: everything that CI runs. The last line counts the tests.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { prepareToolchain, root, run } from './toolchain.mjs';

const steps = [
  ['Build', 'turbo', 'run', 'build', '--output-logs=errors-only'],
  ['Lint, format, unused code', 'turbo', 'run', 'lint', '--output-logs=errors-only'],
  ['Generated files are current', 'turbo', 'run', 'drift', '--output-logs=errors-only'],
  ['Types', 'turbo', 'run', 'typecheck', '--output-logs=errors-only'],
  ['Tests', 'turbo', 'run', 'test', '--concurrency=2', '--continue'],
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
const failures = [];
for (const path of findReports()) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passedTests += report.numPassedTests;
  // What neither passed nor failed was skipped, and counts as failed: nothing may be skipped.
  failedTests += report.numTotalTests - report.numPassedTests;
  failures.push(...report.testResults.flatMap(describeFailures));
}
// Again at the end, because what a test has printed may be thousands of lines above.
for (const failure of failures) console.log(`\n${failure}`);
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}.`);
console.log(`\n${passedTests} passed, ${failedTests} failed`);
process.exit(failed.length > 0 || failedTests > 0 || passedTests === 0 ? 1 : 0);

/** What went wrong in one test file, as vitest reports it: each test by its name. */
function describeFailures({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults
    .filter((test) => test.status !== 'passed')
    .map((test) => [`${test.status}: ${file} > ${test.fullName}`, ...test.failureMessages]);
  // A file that cannot be loaded has no tests.
  if (status === 'failed' && tests.length === 0) tests.push([`failed: ${file}`, message]);
  return tests.map((lines) => lines.join('\n'));
}

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
