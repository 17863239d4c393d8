import { relative } from 'node:path';
import { findDrift } from './drift.ts';
import { locations } from './locations.ts';

const drifted = await findDrift(locations);
if (drifted.length > 0) {
  console.error(
    'These files differ from what "pnpm generate" writes. Run it and commit the result:',
  );
  for (const path of drifted) console.error(`  ${relative(process.cwd(), path)}`);
  process.exitCode = 1;
}
