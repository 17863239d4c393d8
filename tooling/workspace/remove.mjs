import { rmSync } from 'node:fs';

// Removes folders, on every platform: node remove.mjs <folder>... A build that does not begin so would
// publish files whose sources are gone.
for (const folder of process.argv.slice(2)) rmSync(folder, { recursive: true, force: true });
