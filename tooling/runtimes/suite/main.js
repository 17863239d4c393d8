// Runs the checks in Node, Bun and Deno. The one argument is the place, as JSON; the last line of
// the output is the report.
import process from 'node:process';
import { createBench } from './bench.js';
import { fileChecks } from './checks/files.js';
import { warningChecks } from './checks/warnings.js';
import { checks } from './checks.js';
import { runChecks } from './run-checks.js';

const { bun, deno, node } = process.versions;
const bench = createBench(JSON.parse(process.argv[2]));
const outcomes = await runChecks({ ...checks, ...fileChecks, ...warningChecks }, bench);
const identity = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node ${node}`;
process.stdout.write(`${JSON.stringify({ identity, outcomes })}\n`, () => process.exit());
