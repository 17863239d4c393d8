// `pnpm spec:update`: takes over what Runware now says about sync-3.
import { parseArgs } from 'node:util';
import { locations } from './locations.ts';
import {
  type BrokenContract,
  brokenContracts,
  printBrokenContracts,
} from './people/broken-contracts.ts';
import { type ForPeople, printForPeople } from './people/for-people.ts';
import { publishedDocument } from './source/fetch-document.ts';
import { SpecError } from './spec-error.ts';
import { type SpecUpdate, updateSpec } from './spec-update.ts';

const usage = `Usage: pnpm spec:update [--from <url|file>] [--partly] [--dry-run] [--json]

Replaces the upstream document, applies the overlays, regenerates the client and writes a changeset
that says what changed. All of it or, on any error, nothing.

  --from <url|file>  where the document is; an https URL, or a path
                     (${publishedDocument})
  --partly           leaves out what a person has to decide, takes the rest, and tells what it left out
  --dry-run          says what would change, and changes nothing
  --json             prints one JSON object instead of text

Exit codes: 0 done, or nothing has changed; 1 refused, with the reason; 2 wrong usage.`;

/** What the text and the JSON output tell. */
interface Outcome extends SpecUpdate {
  source: string;
  dryRun: boolean;
  /** What example applications rely on and would miss; absent when there is nothing. */
  brokenContracts?: BrokenContract[];
}

function print({ source, dryRun, brokenContracts: broken = [], ...update }: Outcome): string {
  const [left, heldBack] = [
    section('A person has to look at this:', update.forPeople),
    section('This was not taken, since a person has to decide it:', update.heldBack),
  ];
  if (!update.changed) {
    const same = update.heldBack.length > 0 ? 'nothing that can be taken by itself' : 'nothing';
    return [`${source}: ${same} has changed since the committed document.`, ...heldBack].join('\n');
  }
  const releases = Object.entries(update.packages).map(([name, bump]) => `${name} (${bump})`);
  return [
    ...(update.changes.length > 0
      ? [update.changelog, '', `Releases: ${releases.join(', ')}.`]
      : ['The document says the same in other words: there is nothing to release.']),
    dryRun ? 'Nothing was written. These files would change:' : 'These files have changed:',
    ...update.files.map((file) => `  ${file}`),
    ...(broken.length > 0 ? ['', 'Example applications rely on this:', ''] : []),
    ...printBrokenContracts(broken),
    ...left,
    ...heldBack,
  ].join('\n');
}

function section(title: string, matters: ForPeople[]): string[] {
  return matters.length > 0 ? ['', title, '', printForPeople(matters)] : [];
}

try {
  const { values } = parseArgs({
    // "pnpm spec:update -- --json" passes the "--" on.
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      from: { type: 'string', default: publishedDocument },
      partly: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(usage);
  else {
    const dryRun = values['dry-run'];
    const { from: source, partly } = values;
    const update = await updateSpec(source, locations, { dryRun, partly });
    const broken = update.changed && !dryRun ? await brokenContracts(locations) : [];
    const outcome = {
      ...update,
      source,
      dryRun,
      ...(broken.length > 0 && { brokenContracts: broken }),
    };
    console.log(values.json ? JSON.stringify(outcome, null, 2) : print(outcome));
  }
} catch (error) {
  if (error instanceof SpecError) {
    console.error(`${error.message}\nNothing has been changed.`);
    process.exitCode = 1;
  } else if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 2;
  } else throw error;
}
