import { fileURLToPath } from 'node:url';

/** Folder of this repository. */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));
