import { convertAjvErrors } from '@stoplight/prism-http/dist/validator/validators/utils.js';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from './document.js';
import { prismDocument } from './prism-document.js';

/** What Prism, or Ajv in its words, says about one place. */
export type Diagnostic = ReturnType<typeof convertAjvErrors>[number];

/**
 * More values than a request holds that somebody has written: boxes for two minutes of video. Prism
 * collects everything that is wrong with a body, which takes seconds and a gigabyte when most of it
 * is.
 */
const mostValuesForAll = 20_000;

/**
 * Makes what looks at large bodies before Prism does: it ends at the first thing that is wrong with
 * a task, and takes its time only for what is right.
 *
 * @returns finds nothing in a body that Prism can check as a whole; else the first thing that is
 * wrong with each task.
 */
export function createFirstFindings(document: OpenApiDocument): (body: unknown) => Diagnostic[] {
  let compiled: ValidateFunction[] | undefined;
  // Few servers ever meet a body that is so large.
  const judges = () => {
    if (compiled) return compiled;
    const simple = prismDocument(withoutCombinations(document));
    compiled = [compileTask(simple), compileTask(prismDocument(document))];
    return compiled;
  };
  return (body) => {
    if (!Array.isArray(body) || !holdsMoreValues(body, mostValuesForAll)) return [];
    return body.flatMap((task, index) => {
      const broken = judges().find((validate) => !validate(task));
      const [first, ...more] = (broken?.errors ?? []).map((error) => ({
        ...error,
        instancePath: `/${index}${error.instancePath}`,
      }));
      return first ? convertAjvErrors([first, ...more], 0, 0, 'body') : [];
    });
  };
}

function compileTask(document: OpenApiDocument): ValidateFunction {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'sync-3', ...document });
  return ajv.compile({ $ref: 'sync-3#/components/schemas/Task' });
}

/**
 * The rules about several parameters come after those about one: a wrong one may break both. They
 * stand in `then`, under an `if` that always holds (openapi/overlays/07).
 */
function withoutCombinations(document: OpenApiDocument): OpenApiDocument {
  const schemas = Object.entries(document.components.schemas).map(
    ([name, { if: _, then: __, ...schema }]) => [name, schema],
  );
  return { ...document, components: { schemas: Object.fromEntries(schemas) } };
}

/** Without recursion: a body may be as deep as it is large. */
function holdsMoreValues(root: unknown, most: number): boolean {
  const values = [root];
  for (let next = 0; next < values.length; next++) {
    const value = values[next];
    if (typeof value !== 'object' || value === null) continue;
    for (const child of Object.values(value)) {
      values.push(child);
      if (values.length > most) return true;
    }
  }
  return false;
}
