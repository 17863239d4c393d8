import { isDeepStrictEqual } from 'node:util';
import { dotted, fromVoice, type Json, valueAt, withValue } from '../places.ts';
import type { Finding, NewProperty } from '../try-case.ts';
import { type MockServer, type Probe, wireTasks } from './probe.ts';

/** The client sends new properties and constants as they are given, and the mock server takes them. */
export async function checkClient(probe: Probe, mock: MockServer): Promise<Finding[]> {
  const { trial, packages } = probe;
  const { Sync3 } = await packages.sdk();
  const sync3 = new Sync3({ apiKey: 'key-of-the-trial', baseUrl: mock.url });
  const findings: Finding[] = [];
  const submit = async (params: Json, about: string): Promise<Json | undefined> => {
    const before = mock.tasks.length;
    try {
      await sync3.lipsync.submit(params as never);
      return wireTasks(mock, before)[0];
    } catch (error) {
      findings.push({ check: 'mock', message: `${about}: ${error}` });
      return undefined;
    }
  };
  for (const [job, properties] of groupByJob(trial)) {
    const params = properties.reduce(
      (params, { path, legal }) => withValue(params, path, legal[0]),
      job,
    );
    const sent = await submit(params, 'a job with all new properties');
    for (const { path } of sent ? properties : []) {
      if (isDeepStrictEqual(valueAt(sent, path), valueAt(params, path))) continue;
      const message = `${dotted(path)} reached the wire as ${JSON.stringify(valueAt(sent, path))}`;
      findings.push({ check: 'wire', message });
    }
  }
  for (const params of trial.legal ?? []) await submit(params, JSON.stringify(params));
  const sent = await submit(fromVoice, 'a job of today');
  for (const [name, value] of Object.entries(sent ? (trial.onWire ?? {}) : {})) {
    if (isDeepStrictEqual(sent?.[name], value)) continue;
    const message = `${name} reached the wire as ${JSON.stringify(sent?.[name])}`;
    findings.push({ check: 'wire', message });
  }
  for (const violation of mock.violations) {
    findings.push({
      check: 'mock',
      message: `it broke the document: ${JSON.stringify(violation)}`,
    });
  }
  return findings;
}

/** Without an address of ours, requests go where the document says. */
export async function checkAddress({ trial, packages }: Probe): Promise<Finding[]> {
  const { baseUrl } = trial;
  if (baseUrl === undefined) return [];
  const { Sync3 } = await packages.sdk();
  const asked: string[] = [];
  const fetch = (async (input: Request | URL | string) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return Response.json({ errors: [{ code: 'invalidApiKey', message: 'no' }] }, { status: 401 });
  }) as typeof globalThis.fetch;
  const sync3 = new Sync3({ apiKey: 'key-of-the-trial', fetch });
  await sync3.lipsync.submit(fromVoice as never).catch(() => {});
  if (asked[0]?.replace(/\/$/, '') === baseUrl) return [];
  return [{ check: 'address', message: `requests go to ${asked[0]}, and not to ${baseUrl}` }];
}

/** The new properties by the job that can hold them. */
export function groupByJob({ properties = [] }: Probe['trial']) {
  const groups = new Map<string, NewProperty[]>();
  for (const property of properties) {
    const key = JSON.stringify(property.job);
    groups.set(key, [...(groups.get(key) ?? []), property]);
  }
  return [...groups].map(([job, group]) => [JSON.parse(job) as Json, group] as const);
}
