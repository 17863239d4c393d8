import type { VideoInferenceTask } from '@sync3/generated';
import { taskType as jobType } from '@sync3/generated/constants';
import { type Contract, loadContract, prepareContract } from '../contract/contract.js';
import { readDocument } from '../contract/document.js';
import type { Finding } from '../contract/finding.js';
import { inWordsOfTheDocument } from '../profile/beyond-the-document.js';
import type { Profile } from '../profile/profile.js';
import { type ProfileName, readProfile } from '../profile/read-profile.js';
import { assertTaken } from '../profile/refused-by-profile.js';
import { Refusal } from '../refusal.js';
import type {
  ApplicationContract,
  Break,
  Promised,
  RecordedAnswer,
  RecordedRequest,
} from './application-contract.js';
import { pointerOf, promised } from './distil-contract.js';

/** What a contract is held against. */
export interface CheckOptions {
  /** The composed document of a newer release (openapi/sync-3.openapi.json). @default this release's */
  document?: URL;
  /** How the API answers where its documents are silent. @default 'documented' */
  profile?: ProfileName | Partial<Profile>;
}

const inWords: Record<Promised, string> = {
  guaranteed: 'always there',
  described: 'there at times',
  undescribed: 'not described',
};

/**
 * Finds on what an application relies that a document or a profile does not give any more: tasks that
 * would be refused, and properties of answers that would be missing, or of another type.
 *
 * @throws {Error} the document cannot be read, or a schema of it does not compile.
 */
export async function checkContract(
  { requests, answers }: ApplicationContract,
  { document, profile }: CheckOptions = {},
): Promise<Break[]> {
  const newer = document
    ? await prepareContract(await readDocument(document))
    : await loadContract();
  const older = await loadContract();
  const answering = readProfile(profile);
  const breaks: Break[] = [];
  for (const request of requests) {
    breaks.push(...(await brokenRequest(request, older, newer, answering)));
  }
  for (const answer of answers) breaks.push(...(await brokenAnswer(answer, newer)));
  return breaks;
}

async function brokenRequest(
  { taskType, task, firstSeen }: RecordedRequest,
  older: Contract,
  newer: Contract,
  profile: Profile,
): Promise<Break[]> {
  const about = { side: 'request', taskType, today: 'accepted', firstSeen } as const;
  const body = inWordsOfTheDocument([task], profile);
  // A test may send on purpose what is refused today, too.
  if ((await findingsIn(older, body)).length > 0) return [];
  const refused = (await findingsIn(newer, body)).map(({ path: [, ...path], message }) => ({
    ...about,
    pointer: pointerOf(path),
    newly: `refused: ${message}`,
  }));
  if (refused.length > 0 || taskType !== jobType) return refused;
  try {
    assertTaken(task as unknown as VideoInferenceTask, profile);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const pointer = pointerOf((error.parameter ?? '').split('.'));
    return [{ ...about, pointer, newly: `refused: ${error.message}` }];
  }
}

async function brokenAnswer(
  { side, taskType, example, fields, firstSeen }: RecordedAnswer,
  newer: Contract,
): Promise<Break[]> {
  const about = { side: 'answer', taskType, firstSeen } as const;
  const body = { [side]: [example] };
  const now = new Map(
    newer.fieldsOf(body).map((field) => [pointerOf(field.path.slice(2)), promised(field)]),
  );
  const missing = Object.entries(fields).flatMap(([pointer, before]) => {
    const after = now.get(pointer) ?? 'undescribed';
    const isLess = before !== after && before !== 'undescribed' && after !== 'guaranteed';
    return isLess ? [{ ...about, pointer, today: inWords[before], newly: inWords[after] }] : [];
  });
  const { violations } = await newer.check([], async () => ({ status: 200, body }));
  const changed = violations
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ path, message }) => ({
      ...about,
      pointer: pointerOf(path.slice(2)),
      today: 'valid',
      newly: `breaks the document: ${message}`,
    }));
  return [...missing, ...changed];
}

async function findingsIn({ check }: Contract, body: unknown): Promise<Finding[]> {
  let findings: Finding[] = [];
  await check(body, async (found) => {
    findings = found.filter(({ keyword }) => keyword !== 'if');
    return { status: 200, body: { data: [] } };
  });
  return findings;
}
