// Installs what is needed and builds every package, for commands that look at what was built.
import { prepareToolchain, run } from './toolchain.mjs';

prepareToolchain();
process.exit(run('turbo', ['run', 'build', '--output-logs=errors-only']));
