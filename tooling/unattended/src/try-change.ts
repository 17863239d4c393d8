import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kinds } from '../../release/src/proposal/kinds.ts';
import { runProgram } from '../../release/src/run-program.ts';
import { checkTypes } from './check-types.ts';
import type { RepositoryCopy } from './repository-copy.ts';
import type { Case, Finding } from './try-case.ts';

const probe = fileURLToPath(new URL('probe/main.ts', import.meta.url));
const planner = fileURLToPath(new URL('probe/plan.ts', import.meta.url));

/** What `pnpm spec:update --json` prints, as far as it is looked at here. */
interface Update {
  changed: boolean;
  bump: 'major' | 'minor' | 'patch' | null;
  packages: Record<string, string>;
  changelog: string;
  changeset: string | null;
  forPeople?: unknown[];
  heldBack?: unknown[];
}

/**
 * Makes a change in a copy as the nightly run does: nobody writes a line. Then looks whether it has
 * reached everything that a user sees. The copy is left as the update has made it.
 *
 * @param options.tests whether all tests run as well, which takes minutes.
 */
export async function tryChange(
  copy: RepositoryCopy,
  trial: Case,
  { tests = false } = {},
): Promise<Finding[]> {
  const path = join(copy.root, 'openapi/upstream/sync-3.json');
  const document = JSON.parse(await readFile(path, 'utf8'));
  trial.change(document);
  const from = join(copy.aside, 'changed.json');
  await writeFile(from, JSON.stringify(document, null, 2));
  const ledger = trial.knowsPlannedItems ? await planBefore(copy) : undefined;
  let update: Update;
  try {
    update = JSON.parse(await copy.update(from, tests));
  } catch (error) {
    return [{ check: 'update', message: String(error).slice(0, 1500) }];
  }
  const findings = [...checkTold(trial, update), ...(await checkChangeset(copy, trial, update))];
  if (update.changed) {
    try {
      await copy.build();
    } catch (error) {
      return [...findings, { check: 'build', message: String(error).slice(0, 1500) }];
    }
  }
  findings.push(
    ...(await checkFiles(copy, trial)),
    ...checkTypes(copy, trial),
    ...(await checkBehaviour(copy, trial)),
  );
  if (ledger) findings.push(...(await checkLedger(copy, ledger)));
  if (tests) findings.push(...(await runTests(copy)));
  return findings;
}

const planIn = async (copy: RepositoryCopy, ledger: string) =>
  JSON.parse(await runProgram(process.execPath, [planner, copy.root, ledger], copy.aside));

/** Plans two items with the packages as they were before the change; gives the ledger. */
async function planBefore(copy: RepositoryCopy): Promise<string> {
  await copy.build();
  const ledger = join(copy.aside, `planned-${Date.now()}`);
  await planIn(copy, ledger);
  return ledger;
}

/** Items that were planned before are not planned again, which would pay for them twice. */
async function checkLedger(copy: RepositoryCopy, ledger: string): Promise<Finding[]> {
  const { planned, known } = await planIn(copy, ledger);
  if (planned === 0 && known === 2) return [];
  return [{ check: 'ledger', message: `${planned} items planned anew, ${known} known` }];
}

function checkTold(trial: Case, update: Update): Finding[] {
  const findings: Finding[] = [];
  const bumps = Array.isArray(trial.bump) ? trial.bump : [trial.bump];
  if (!bumps.includes(update.bump)) {
    findings.push({ check: 'bump', message: `${update.bump} instead of ${bumps.join(' or ')}` });
  }
  for (const text of trial.says ?? []) {
    if (!holds(update.changelog, text)) {
      findings.push({ check: 'changelog', message: `does not say ${text}:\n${update.changelog}` });
    }
  }
  for (const text of trial.neverSays ?? []) {
    if (holds(update.changelog, text)) {
      findings.push({ check: 'changelog', message: `says ${text}:\n${update.changelog}` });
    }
  }
  const heldBack = JSON.stringify(update.heldBack ?? []);
  if ((heldBack !== '[]') !== (trial.isHeldBack ?? false)) {
    findings.push({ check: 'held back', message: heldBack });
  }
  const told = heldBack + JSON.stringify(update.forPeople ?? []);
  for (const text of trial.leftForPeople ?? []) {
    if (!holds(told, text))
      findings.push({ check: 'people', message: `not told ${text}: ${told}` });
  }
  if (!trial.leftForPeople && !trial.isHeldBack && told !== '[][]') {
    findings.push({ check: 'people', message: `something is left for people: ${told}` });
  }
  return findings;
}

const holds = (text: string, part: string | RegExp) =>
  typeof part === 'string' ? text.includes(part) : part.test(text);

/** The changeset says what the update has told, and releases what it says. */
async function checkChangeset(
  copy: RepositoryCopy,
  { properties = [] }: Case,
  { changeset, changelog, packages }: Update,
): Promise<Finding[]> {
  if (!changeset) return [];
  const text = await readFile(join(copy.root, changeset), 'utf8');
  const findings: Finding[] = [];
  if (!text.includes(changelog.trim())) {
    findings.push({ check: 'changeset', message: 'says something else than the update' });
  }
  const missing = properties.length > 0 ? ['generated', 'sdk', 'batch', 'cli', 'mock-server'] : [];
  for (const name of missing.filter((name) => !packages[`@sync3/${name}`])) {
    findings.push({ check: 'changeset', message: `@sync3/${name} is not released` });
  }
  return findings;
}

/** Nothing written by hand has changed, and files say what they should. */
async function checkFiles(copy: RepositoryCopy, trial: Case): Promise<Finding[]> {
  const findings: Finding[] = [];
  const allowed = kinds['spec-update']?.allowed;
  for (const path of await copy.changedFiles()) {
    if (!allowed?.test(path)) findings.push({ check: 'files', message: `${path} has changed` });
  }
  const lists = [
    [trial.files ?? {}, true],
    [trial.filesNever ?? {}, false],
  ] as const;
  for (const [files, isWanted] of lists) {
    for (const [path, texts] of Object.entries(files)) {
      const content = await readFile(join(copy.root, path), 'utf8').catch(() => '');
      for (const text of texts) {
        if (holds(content, text) === isWanted) continue;
        const message = `${path} ${isWanted ? 'does not say' : 'says'} ${text}`;
        findings.push({ check: 'files', message });
      }
    }
  }
  return findings;
}

async function checkBehaviour(copy: RepositoryCopy, trial: Case): Promise<Finding[]> {
  const { change, says, neverSays, files, filesNever, ...rest } = trial;
  const file = join(copy.aside, 'case.json');
  await writeFile(file, JSON.stringify(rest));
  try {
    const printed = await runProgram(
      process.execPath,
      [probe, copy.root, copy.aside, file],
      copy.root,
    );
    return JSON.parse(printed);
  } catch (error) {
    return [{ check: 'behaviour', message: String(error).slice(0, 1500) }];
  }
}

async function runTests(copy: RepositoryCopy): Promise<Finding[]> {
  try {
    await runProgram(process.execPath, ['tooling/workspace/test.mjs'], copy.root);
    return [];
  } catch (error) {
    const failed = String(error).match(/^(failed: .+|Failed: .+)$/gm) ?? [
      String(error).slice(-1500),
    ];
    return [...new Set(failed)].map((message) => ({ check: 'tests', message }));
  }
}
