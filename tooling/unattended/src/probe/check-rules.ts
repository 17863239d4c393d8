import { createOracle, envelopeBy } from '../oracle.ts';
import { dotted, type Json, withValue } from '../places.ts';
import type { Finding } from '../try-case.ts';
import type { Probe } from './probe.ts';

/** The rules take what they should, refuse what they should, and agree with the document. */
export async function checkRules({ document, trial, packages }: Probe): Promise<Finding[]> {
  const { validateTask } = await packages.sdk();
  const errorsOf = createOracle(document);
  const envelope = envelopeBy(document);
  const findings: Finding[] = [];
  const expect = (params: Json, isLegal: boolean, about: string) => {
    const task = { ...envelope, ...params };
    const issues = validateTask(task).filter(({ origin }) => origin === 'schema');
    const errors = errorsOf(task);
    const ours = issues.map(({ path, rule }) => `${rule} at ${path}`).join(', ');
    if ((errors === '') !== isLegal) {
      findings.push({ check: 'oracle', message: `${about}: Ajv says "${errors}"` });
    }
    if ((issues.length === 0) !== isLegal) {
      const said = ours || 'nothing';
      findings.push({ check: 'rules', message: `${about}: validateTask says ${said}` });
    }
  };
  for (const { path, job, legal, illegal } of trial.properties ?? []) {
    const say = (value: unknown) => `${dotted(path)} = ${JSON.stringify(value)}`;
    for (const value of legal) expect(withValue(job, path, value), true, say(value));
    for (const value of illegal) expect(withValue(job, path, value), false, say(value));
  }
  for (const job of trial.legal ?? []) expect(job, true, JSON.stringify(job));
  for (const job of trial.illegal ?? []) expect(job, false, JSON.stringify(job));
  return findings;
}
