import { copyFileSync } from 'node:fs';

// Copies one file, on every platform: node copy-file.mjs <from> <to>
const [from, to] = process.argv.slice(2);
copyFileSync(from, to);
