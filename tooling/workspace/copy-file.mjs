import { cpSync } from 'node:fs';

// Copies one file or one folder, on every platform: node copy-file.mjs <from> <to>
const [from, to] = process.argv.slice(2);
cpSync(from, to, { recursive: true });
