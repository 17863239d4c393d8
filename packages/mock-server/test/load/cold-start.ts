// Measures the time from the call of `startMockServer` to the first answered request, each time in a
// new process, against the bound of 1.5 s that the project has set itself; and, beside it, the time
// that the process needs to come that far. `node test/load/cold-start.ts`, after a build.

import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

const script = `
  const { startMockServer } = await import('@sync3/mock-server');
  const called = performance.now();
  const mock = await startMockServer();
  const body = JSON.stringify([{ taskType: 'getResponse', taskUUID: crypto.randomUUID() }]);
  const headers = { authorization: 'Bearer key' };
  const response = await fetch(mock.url, { method: 'POST', headers, body });
  await response.json();
  console.log(JSON.stringify({ loaded: called, answered: performance.now() - called }));
  await mock.close();
`;

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}`);
for (let start = 0; start < 5; start++) {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  const { loaded, answered } = JSON.parse(output) as { loaded: number; answered: number };
  console.log(`start to first answer ${answered.toFixed(0)} ms, import ${loaded.toFixed(0)} ms`);
}
