// Replaces files as an update does. Its arguments are the root and the staging folder.
import { replaceFiles } from '../../src/replacement/replace-files.ts';
import { update } from './update.ts';

const [root = '', staging = ''] = process.argv.slice(2);
await replaceFiles(update, { root, staging });
