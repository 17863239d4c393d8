import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { dotted, type Json, valueAt } from '../places.ts';
import type { Finding, NewProperty } from '../try-case.ts';
import { groupByJob } from './check-client.ts';
import { type MockServer, type Probe, runCommand, wireTasks } from './probe.ts';
import { optionIn, referenceOf } from './reference.ts';

/** Each new property is in the reference; those with one value have an option, which reaches the wire. */
export async function checkCommand(probe: Probe, mock: MockServer): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { path } of probe.trial.properties ?? []) {
    if (referenceOf(probe.root, dotted(path))) continue;
    const message = `docs/parameters.md does not list ${dotted(path)}`;
    findings.push({ check: 'reference', message });
  }
  for (const [job, properties] of groupByJob(probe.trial)) {
    const outsideLists = properties.filter(({ path }) => !path.includes('[]'));
    const scalars = outsideLists.filter(({ isScalar }) => isScalar);
    findings.push(...(await submitWithOptions(probe, mock, job, scalars)));
    findings.push(...(await submitWithSet(probe, mock, job, outsideLists)));
  }
  return findings;
}

async function submitWithOptions(
  probe: Probe,
  mock: MockServer,
  job: Json,
  properties: NewProperty[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const named = properties.flatMap((property) => {
    const name = dotted(property.path);
    const option = optionIn(referenceOf(probe.root, name) ?? '');
    if (option) return [{ ...property, option }];
    findings.push({ check: 'option', message: `${name} has no option` });
    return [];
  });
  if (named.length === 0) return findings;
  const options = named.flatMap(({ option, legal }) => [`${option}=${legal[0]}`]);
  const sent = await submit(probe, mock, [...optionsOf(job), ...options], 'option', findings);
  return [...findings, ...differences('option', sent, named)];
}

async function submitWithSet(
  probe: Probe,
  mock: MockServer,
  job: Json,
  properties: NewProperty[],
): Promise<Finding[]> {
  if (properties.length === 0) return [];
  const findings: Finding[] = [];
  const options = properties.flatMap(({ path, legal: [value] }) => [
    '--set',
    `${dotted(path)}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);
  const sent = await submit(probe, mock, [...optionsOf(job), ...options], '--set', findings);
  return [...findings, ...differences('--set', sent, properties)];
}

/** The options that give a job of ours. */
function optionsOf(job: Json): string[] {
  const paths = { video: 'inputs.video', audio: 'inputs.audio', text: 'speech.text' };
  return Object.entries(paths).flatMap(([option, path]) => {
    const value = valueAt(job, path.split('.'));
    return value === undefined ? [] : [`--${option}=${value}`];
  });
}

async function submit(
  probe: Probe,
  mock: MockServer,
  options: string[],
  check: string,
  findings: Finding[],
): Promise<Json | undefined> {
  const before = mock.tasks.length;
  const { code, stdout, stderr } = await runCommand(probe, mock, ['submit', ...options]);
  if (code === 0) return wireTasks(mock, before)[0];
  const message = `sync3 submit ended with ${code}: ${stdout}${stderr}`.trim().slice(0, 600);
  findings.push({ check, message });
  return undefined;
}

/** A column for each new property with one value, in a batch that is run. */
export async function checkColumns(probe: Probe, mock: MockServer): Promise<Finding[]> {
  const columns = (probe.trial.properties ?? []).filter(
    ({ isScalar, path }) => isScalar && !path.includes('[]'),
  );
  if (columns.length === 0) return [];
  const fixed = {
    'inputs.video': join(probe.root, 'examples/media/face.mp4'),
    'speech.text': 'Hello',
    'speech.voice': 'auto',
  };
  const names = [...Object.keys(fixed), ...columns.map(({ path }) => dotted(path))];
  const cells = [...Object.values(fixed), ...columns.map(({ legal }) => String(legal[0]))];
  writeFileSync(join(probe.aside, 'batch.csv'), `${names.join(',')}\n${cells.join(',')}\n`);
  const before = mock.tasks.length;
  const { code, stdout, stderr } = await runCommand(probe, mock, [
    'batch',
    'run',
    'batch.csv',
    '--media-root',
    join(probe.root, 'examples/media'),
    // A ledger of its own for every case.
    '--database',
    `ledger-${Date.now()}`,
  ]);
  const [sent] = wireTasks(mock, before);
  if (code !== 0 || !sent) {
    const message = `sync3 batch run ended with ${code}: ${stdout}${stderr}`.trim().slice(0, 600);
    return [{ check: 'column', message }];
  }
  return differences('column', sent, columns);
}

function differences(check: string, sent: Json | undefined, given: NewProperty[]): Finding[] {
  if (!sent) return [];
  return given
    .filter(({ path, legal }) => !isDeepStrictEqual(valueAt(sent, path), legal[0]))
    .map(({ path }) => ({
      check,
      message: `${dotted(path)} reached the wire as ${JSON.stringify(valueAt(sent, path))}`,
    }));
}
