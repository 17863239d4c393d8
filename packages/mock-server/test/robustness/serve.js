// A mock server in a process of its own. It tells its address, and answers each message with what
// has become of it.
import { startMockServer } from '@sync3/mock-server';

const mock = await startMockServer(JSON.parse(process.argv[2] ?? '{}'));
process.on('message', () => {
  process.send?.({
    stats: mock.stats,
    violations: mock.violations,
    objectKeys: Object.getOwnPropertyNames(Object.prototype).length,
    heapUsed: process.memoryUsage().heapUsed,
  });
});
process.send?.({ url: mock.url });
