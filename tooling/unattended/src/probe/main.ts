import { readFileSync } from 'node:fs';
import type { Finding } from '../try-case.ts';
import { checkAddress, checkClient } from './check-client.ts';
import { checkColumns, checkCommand } from './check-command.ts';
import { checkRules } from './check-rules.ts';
import { probeOf } from './probe.ts';

/**
 * `node main.ts <root of the copy> <folder aside> <file with the case>`: a process of its own, since
 * the packages are loaded as they were built this time. Prints the findings as JSON.
 */
const [root = '', aside = '', file = ''] = process.argv.slice(2);
const probe = probeOf(root, aside, JSON.parse(readFileSync(file, 'utf8')));
const { startMockServer } = await probe.packages.mockServer();
const mock = await startMockServer({ jobDurationMs: 20 });
const findings: Finding[] = [];
for (const check of [checkRules, checkAddress, checkClient, checkCommand, checkColumns]) {
  findings.push(...(await check(probe, mock)));
}
await mock.close();
process.stdout.write(JSON.stringify(findings));
