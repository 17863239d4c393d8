import { relative } from 'node:path';
import { findDrift } from './drift.ts';
import { locations } from './locations.ts';
import { finishInterruptedReplacement } from './replacement/replace-files.ts';

await finishInterruptedReplacement(locations);
const drifted = await findDrift(locations);
if (drifted.length > 0) {
  console.error(
    'These files differ from what "pnpm generate" writes. Run it and commit the result:',
  );
  for (const path of drifted) console.error(`  ${relative(process.cwd(), path)}`);
  process.exitCode = 1;
}
