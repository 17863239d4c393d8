import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { casesFor } from './cases/cases.ts';
import { RepositoryCopy } from './repository-copy.ts';
import type { Finding } from './try-case.ts';
import { tryChange } from './try-change.ts';

const usage = `Usage: pnpm spec:try [--only <regex>] [--tests] [--list]

Tries changes that Runware may make to its document, each in a copy of this repository in which nobody
writes a line, and says what has not reached the user.

  --only <regex>  the cases whose name matches
  --tests         all tests have to pass on each change, too; takes minutes for each
  --list          names the cases, and tries none

Exit codes: 0 all is as it should be; 1 something is not.`;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string', default: '' },
    tests: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const upstream = JSON.parse(
  readFileSync(new URL('../../../openapi/upstream/sync-3.json', import.meta.url), 'utf8'),
);
const cases = casesFor(upstream).filter(({ name }) => new RegExp(values.only).test(name));

if (values.help) console.log(usage);
else if (values.list) for (const { name } of cases) console.log(name);
else {
  const copy = await RepositoryCopy.create();
  let failed = 0;
  for (const trial of cases) {
    const start = performance.now();
    const findings = await tryChange(copy, trial, { tests: values.tests });
    await copy.reset();
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(`${findings.length === 0 ? 'good' : 'BAD '} ${trial.name} (${seconds} s)`);
    print(findings);
    if (findings.length > 0) failed += 1;
  }
  await copy.remove();
  console.log(`${cases.length} cases, ${failed} of them bad`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** The first findings of each check, which mostly say the same. */
function print(findings: Finding[]): void {
  for (const check of new Set(findings.map((finding) => finding.check))) {
    const all = findings.filter((finding) => finding.check === check);
    for (const { message } of all.slice(0, 4)) {
      console.log(`     ${check}: ${message.replaceAll('\n', '\n       ')}`);
    }
    if (all.length > 4) console.log(`     ${check}: and ${all.length - 4} more`);
  }
}
