// `pnpm spec:update`: takes over what Runware now says about sync-3.
import { parseArgs } from 'node:util';
import { locations } from './locations.ts';
import { publishedDocument } from './source/fetch-document.ts';
import { SpecError } from './spec-error.ts';
import { type SpecUpdate, updateSpec } from './spec-update.ts';

const usage = `Usage: pnpm spec:update [--from <url|file>] [--dry-run] [--json]

Replaces the upstream document, applies the overlays, regenerates the client and writes a changeset
that says what changed. All of it or, on any error, nothing.

  --from <url|file>  where the document is; an https URL, or a path
                     (${publishedDocument})
  --dry-run          says what would change, and changes nothing
  --json             prints one JSON object instead of text

Exit codes: 0 done, or nothing has changed; 1 refused, with the reason; 2 wrong usage.`;

/** What the text and the JSON output tell. */
interface Outcome extends SpecUpdate {
  source: string;
  dryRun: boolean;
}

function print({ source, dryRun, ...update }: Outcome): string {
  const gaps = update.rules.map(({ pointer, text }) => [pointer, text].filter(Boolean).join('\n'));
  const rules = gaps.length > 0 ? `\nFor a person to write:\n\n${gaps.join('\n\n')}` : '';
  if (!update.changed) {
    return `${source} says what the committed document says: nothing has changed.${rules}`;
  }
  const releases = Object.entries(update.packages).map(([name, bump]) => `${name} (${bump})`);
  return [
    update.changelog,
    '',
    `Releases: ${releases.join(', ')}.`,
    dryRun ? 'Nothing was written. These files would change:' : 'These files have changed:',
    ...update.files.map((file) => `  ${file}`),
    ...(rules ? [rules] : []),
    '',
    'Next: "pnpm surface" for the reports on what is published, and "npm test".',
  ].join('\n');
}

try {
  const { values } = parseArgs({
    // "pnpm spec:update -- --json" passes the "--" on.
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      from: { type: 'string', default: publishedDocument },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(usage);
  else {
    const dryRun = values['dry-run'];
    const update = await updateSpec(values.from, locations, dryRun);
    const outcome = { ...update, source: values.from, dryRun };
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
