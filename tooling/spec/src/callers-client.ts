import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SpecError } from './spec-error.ts';

const clientProperty = '    client: Client;\n';

/** A spread of `Headers`, or of a list, would send none of them: neither shall compile. */
const headersProperty = `    /**
     * A plain object. The operation spreads it: of a \`Headers\` instance or a list nothing would be sent.
     */
    headers?: { [name: string]: unknown; entries?: never };
`;

/**
 * Mends what the generator writes for operations that take the client of their caller: the type of
 * `headers`, and a client of the package's own, which nothing imports.
 *
 * @throws {SpecError} the generator writes something else by now.
 */
export async function finishCallersClient(folder: string): Promise<void> {
  await rm(join(folder, 'client.gen.ts'));
  const file = join(folder, 'sdk.gen.ts');
  const text = await readFile(file, 'utf8');
  if (!text.includes(clientProperty)) {
    throw new SpecError(
      'sdk.gen.ts has no property "client": adapt tooling/spec/src/callers-client.ts.',
    );
  }
  await writeFile(file, text.replace(clientProperty, clientProperty + headersProperty));
}
