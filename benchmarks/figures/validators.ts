import { readFile } from 'node:fs/promises';

const upstream = new URL('../../openapi/upstream/sync-3.json', import.meta.url);

/** How each validator is loaded; what comes out tells whether a task is valid. */
export const validators = {
  async sync3() {
    const { validateTask } = await import('@sync3/sdk');
    return (task: unknown) => validateTask(task).every(({ severity }) => severity !== 'error');
  },
  ajv: () => compile(true),
  ajvFirst: () => compile(false),
};

async function compile(allErrors: boolean) {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const { default: addFormats } = await import('ajv-formats');
  const document = JSON.parse(await readFile(upstream, 'utf8'));
  const ajv = new Ajv2020({ strict: false, allErrors });
  addFormats.default(ajv, ['uuid', 'uri']);
  return ajv.compile(document.components.schemas.RequestBody.items);
}
