// `npm test`: everything that CI runs. The last line counts the tests.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { prepareToolchain, root, run } from './toolchain.mjs';

/** What turbo has written about its last run. */
const summaries = join(root, '.turbo/runs');

/** What runs once the packages are built, by the name of turbo's task. */
const steps = {
  test: 'Tests',
  contract: 'Contract',
  typecheck: 'Types',
  'check:package': 'Packages',
  'check:size': 'Size',
  lint: 'Lint, format, unused code',
  drift: 'Generated files are current',
};

prepareToolchain();
const reports = findReports();
for (const report of reports) rmSync(report);

const failed = [];
console.log('\n== Build');
if (run('turbo', ['run', 'build']) !== 0) failed.push('Build');
console.log('\n== Tests, types, packages, lint');
// All at once, since many tests wait for most of their time: steps one after the other leave a
// processor idle. What a task prints stays together.
const atOnce = ['--concurrency=3', '--continue', '--log-order=grouped', '--summarize'];
rmSync(summaries, { recursive: true, force: true });
if (run('turbo', ['run', ...Object.keys(steps), ...atOnce]) !== 0) failed.push(...failedSteps());

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

/** The steps of which a task has failed, each with the packages. */
function failedSteps() {
  // Without a summary, turbo has not come so far.
  const names = existsSync(summaries) ? readdirSync(summaries) : [];
  const tasks = names.flatMap(
    (name) => JSON.parse(readFileSync(join(summaries, name), 'utf8')).tasks,
  );
  const broken = tasks.filter(({ execution }) => execution && execution.exitCode !== 0);
  const lines = Object.entries(steps).flatMap(([step, title]) => {
    const packages = broken.filter(({ task }) => task === step).map((task) => task.package);
    if (packages.length === 0) return [];
    // That of the root has no package.
    return packages.includes('//') ? [title] : [`${title} (${packages.sort().join(', ')})`];
  });
  return lines.length > 0 ? lines : ['Tests, types, packages, lint'];
}

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
