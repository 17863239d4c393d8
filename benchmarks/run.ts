import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { figures } from './figures/figures.ts';
import type { FigureTable } from './measure/figure.ts';
import { drawPicture } from './picture.ts';
import { renderDocument, renderTable } from './report.ts';

const help = `Usage: pnpm bench [-- options]
  --only ${Object.keys(figures).join(',')}   some of the figures
  --jobs <number>            jobs at once in the figure "jobs" (1000)
  --profile <folder>         CPU profiles of the clients in the figure "jobs"
Without options everything is measured, for about half an hour, and docs/benchmarks.md is written. The
figure "batch" needs Debian's packages postgresql and redis-server.`;

const jobsOfFullRun = 1_000;
const documentFile = new URL('../docs/benchmarks.md', import.meta.url);

const { values } = parseArgs({
  // pnpm hands its own separator on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    jobs: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const names = values.only?.split(',') ?? Object.keys(figures);
const jobs = Number(values.jobs ?? jobsOfFullRun);
const unknown = names.find((name) => !figures[name]);
if (values.help || unknown !== undefined || !(jobs >= 1)) {
  console.log(help);
  process.exit(values.help ? 0 : 2);
}

const tables = new Map<string, FigureTable>();
for (const name of names) {
  const measure = figures[name];
  if (!measure) continue;
  console.error(`Measuring ${name} ...`);
  const table = await measure({ jobs, profileFolder: values.profile });
  console.log(`${renderTable(table)}\n`);
  tables.set(name, table);
}
if (Object.keys(values).length === 0) {
  await writeFile(documentFile, await renderDocument(tables));
  for (const theme of ['light', 'dark'] as const) {
    const file = new URL(`../docs/benchmarks-${theme}.svg`, import.meta.url);
    await writeFile(file, await drawPicture(tables, theme));
  }
  console.error('Wrote docs/benchmarks.md and its pictures.');
}
