// `pnpm surface`: writes what each package publishes to its folder `api`, from the builds.
import { fileURLToPath } from 'node:url';
import { describeSurface, writeReports } from './surface-reports.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

try {
  writeReports(root, describeSurface(root));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
