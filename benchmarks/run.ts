import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { figures } from './figures/figures.ts';
import type { FigureTable } from './measure/figure.ts';
import { drawPicture } from './picture.ts';
import { renderDocument, renderTable } from './report.ts';

const help = `Usage: pnpm bench [-- options]
  --only ${Object.keys(figures).join(',')}   some of the figures
  --except <figures>         all but some, as on a machine that lacks what they need
  --jobs <number>            jobs at once in the figure "jobs" (1000)
  --profile <folder>         CPU profiles of the clients in the figure "jobs"
Without --only, --jobs and --profile, docs/benchmarks.md is written: in an hour, half of it for "batch".
That figure needs Debian's packages postgresql and redis-server; "install" and "start" need a registry.`;

const jobsOfFullRun = 1_000;
const documentFile = new URL('../docs/benchmarks.md', import.meta.url);

const { values } = parseArgs({
  // pnpm hands its own separator on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    except: { type: 'string', default: '' },
    jobs: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const excepted = values.except.split(',').filter(Boolean);
const wanted = values.only?.split(',') ?? Object.keys(figures);
const names = wanted.filter((name) => !excepted.includes(name));
const jobs = Number(values.jobs ?? jobsOfFullRun);
const unknown = [...wanted, ...excepted].find((name) => !figures[name]);
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
if (!values.only && !values.jobs && !values.profile) {
  await writeFile(documentFile, await renderDocument(tables));
  for (const theme of ['light', 'dark'] as const) {
    const file = new URL(`../docs/benchmarks-${theme}.svg`, import.meta.url);
    await writeFile(file, await drawPicture(tables, theme));
  }
  console.error('Wrote docs/benchmarks.md and its pictures.');
}
