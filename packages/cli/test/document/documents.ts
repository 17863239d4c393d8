import { columns } from '../../../batch/dist/manifest/csv-columns.js';
import { requestForm } from '../../dist/request/request-options.js';
import { cliDocument } from './cli-document.ts';
import { parameterReference } from './parameter-reference.ts';

/** The documents that are written from the commands, by their paths from the root of the repository. */
export async function documents(): Promise<Record<string, string>> {
  return {
    'docs/cli.md': await cliDocument(),
    'docs/parameters.md': parameterReference(requestForm, columns.types),
  };
}
