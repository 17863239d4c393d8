// `npm start`: one lip-sync job from end to end, on the machine as it is.
import { prepareToolchain, run, runQuietly } from './toolchain.mjs';

const example = '@sync3/example-first-job';

prepareToolchain(example);
const build = runQuietly('turbo', [
  'run',
  'build',
  `--filter=${example}...`,
  '--output-logs=errors-only',
]);
if (build.status !== 0) {
  console.error(build.output);
  process.exit(1);
}
process.exit(run('node', ['examples/first-job/main.ts', ...process.argv.slice(2)]));
