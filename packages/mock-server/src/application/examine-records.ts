import { type Contract, loadContract } from '../contract/contract.js';
import type { Finding } from '../contract/finding.js';
import { Secrets } from '../control/secrets.js';
import { type Deviation, Deviations } from '../gateway/deviations.js';
import { readRecords } from '../records/read-records.js';

/** Finds in what recorded requests and answers differ from the document. */
export async function examineRecords(folders: readonly string[]): Promise<Deviation[]> {
  const contract = await loadContract();
  const deviations = new Deviations(new Secrets(), Date.now);
  for (const folder of folders) {
    for (const { record } of await readRecords(folder)) {
      const { request, status, answer } = record;
      const { findings, violations } = await examine(contract, request, status, answer);
      deviations.violations('request', request, findings);
      deviations.violations('response', answer, violations);
      const fields = contract.fieldsOf(answer);
      deviations.unknownFields(
        answer,
        fields.filter(({ isDescribed }) => !isDescribed),
      );
    }
  }
  return deviations.all;
}

async function examine({ check }: Contract, request: unknown, status: number, body: unknown) {
  let findings: Finding[] = [];
  const { violations } = await check(request, async (found) => {
    findings = found;
    return { status, body };
  });
  return { findings, violations };
}
