import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliDocument, path } from './cli-document.ts';

writeFileSync(join(import.meta.dirname, '../../../..', path), await cliDocument());
