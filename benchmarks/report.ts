import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { subjects } from './clients/subjects.ts';
import type { Column, FigureTable, Row } from './measure/figure.ts';
import type { FigureTables } from './measure/figure-column.ts';
import { summarize } from './summary.ts';

/** Packages that are measured or that measure, beside those of the clients. */
const tools = ['ajv', 'ajv-formats', 'esbuild', '@sync3/batch', 'bullmq', 'p-limit'];

/** The document of a whole run. Its pictures, one for light pages and one for dark, stand beside it. */
export async function renderDocument(tables: FigureTables): Promise<string> {
  const sections = [...tables.values()].map((table, index) => renderTable(table, `${index + 1}. `));
  const parts = ['# Benchmarks', picture, summarize(tables), await renderHead(), ...sections];
  return `${parts.join('\n\n')}\n`;
}

const picture = [
  '<picture>',
  '  <source media="(prefers-color-scheme: dark)" srcset="benchmarks-dark.svg">',
  '  <img alt="Four figures of the tables below, side by side" src="benchmarks-light.svg">',
  '</picture>',
].join('\n');

/** One table with its title and notes, as Markdown. */
export function renderTable(table: FigureTable, number = ''): string {
  const { title, method, subject, columns, rows, notes } = table;
  const bold = columns.map((column, index) => bestText(column, index, rows));
  const lines = [
    [subject, ...columns.map((column) => column.title)],
    ['---', ...columns.map(({ best }) => (best ? '---:' : '---'))],
    ...rows.map(({ title, cells }) => [
      title,
      ...cells.map((cell, index) => renderCell(cell, columns[index], bold[index])),
    ]),
  ];
  return [
    `## ${number}${title}`,
    method,
    lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
}

/** How the best number of a column is written; several rows may have it. */
function bestText(column: Column, index: number, rows: readonly Row[]): string | undefined {
  const medians = rows.flatMap(({ cells }) => {
    const cell = cells[index];
    return typeof cell === 'object' ? cell.median : [];
  });
  if (!column.best || medians.length === 0) return undefined;
  const best = column.best === 'lowest' ? Math.min(...medians) : Math.max(...medians);
  return write(best, column);
}

function renderCell(cell: Row['cells'][number], column: Column = { title: '' }, best?: string) {
  if (typeof cell === 'string') return cell;
  const [median, minimum, maximum] = [cell.median, cell.minimum, cell.maximum].map((value) =>
    write(value, column),
  );
  const range = minimum === maximum ? '' : ` (${minimum}..${maximum})`;
  return median === best ? `**${median}**${range}` : `${median}${range}`;
}

function write(value: number, { digits = 0 }: Column): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString('en-US', options);
}

async function renderHead(): Promise<string> {
  const packages = [...subjects.flatMap(({ packageName }) => packageName ?? []), ...tools];
  const versions = await Promise.all(
    packages.map(async (name) => `${name} ${await versionOf(name)}`),
  );
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return [
    'Written by `pnpm bench`; every number in the tables was measured in one run. Each client speaks its own protocol to a small server on 127.0.0.1 that emulates only the endpoints for jobs and files: what is measured is the client, not the service behind it. A cell is the median of the repetitions, with the lowest and the highest in brackets; the best of a column is bold, whoever it is. MB of memory are 2^20 bytes, MB/s are 10^6 bytes.',
    [
      `- Machine: ${cpu?.model.trim()}, ${availableParallelism()} cores, ${memory} GB of memory, ${process.platform} ${process.arch}`,
      `- Node ${process.versions.node} (undici ${process.versions['undici']})`,
      `- ${versions.join(', ')}`,
      `- ${new Date().toISOString().slice(0, 10)}`,
    ].join('\n'),
  ].join('\n\n');
}

async function versionOf(name: string): Promise<string> {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')).version;
}
