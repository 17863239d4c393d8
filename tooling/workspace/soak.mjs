// `npm run soak`: the tests in full size, one package after the other. `-- --filter=@sync3/sdk` for one.
import { prepareToolchain, run } from './toolchain.mjs';

prepareToolchain();
const soak = ['run', 'soak', '--concurrency=1', '--continue', ...process.argv.slice(2)];
process.exit(run('turbo', soak));
