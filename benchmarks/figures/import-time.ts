import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { subjects } from '../clients/subjects.ts';
import type { Figure } from '../measure/figure.ts';
import { inTurns } from '../measure/repeat.ts';
import { percentile, spread } from '../measure/statistics.ts';

const repetitions = 25;
const folder = fileURLToPath(new URL('..', import.meta.url));

/** Measures a process that imports a package and ends, beside one that imports nothing. */
export const importTime: Figure = async () => {
  const packages = subjects.flatMap(({ packageName }) => packageName ?? []);
  // The first start of each reads it from disk.
  for (const name of ['', ...packages]) processTime(name);
  const [empty = [], ...times] = await inTurns(repetitions, ['', ...packages], processTime);
  const emptyTime = percentile(empty, 50);
  return {
    title: 'Import time',
    method: `Processor time of a fresh \`node\` process that imports the package and ends, all threads, less that of one that imports nothing (its median, ${emptyTime.toFixed(0)} ms); ${repetitions} of each, in turns.`,
    subject: 'Package',
    columns: [{ title: 'CPU ms', best: 'lowest', digits: 1 }],
    rows: packages.map((title, index) => ({
      title,
      cells: [spread((times[index] ?? []).map((time) => time - emptyTime))],
    })),
    notes: ['`fetch` is a part of Node: there is nothing to import.'],
  };
};

/** @returns what the processors work for the process up to its end, in ms. */
export function processTime(packageName: string): number {
  const imported = packageName && `import ${JSON.stringify(packageName)};`;
  const program = `${imported} process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    process.stdout.write(String((user + system) / 1000));
  });`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${packageName} cannot be imported: ${stderr}`);
  return Number(stdout);
}
