import type { OpenApiDocument } from '../compose.ts';
import { at } from '../diff/pointer.ts';
import { nameOf } from '../parameters/name-of.ts';
import type { Parameter } from '../parameters/parameter.ts';
import { readParameters } from '../parameters/read-parameters.ts';
import { quoted } from '../source/quoted.ts';
import { SpecError } from '../spec-error.ts';

/** What the document fixes, and what it takes where a task says nothing. */
export interface Constants {
  baseUrl: string;
  taskType: string;
  model: string;
  /** Absent where the document has no such property any more: then none is sent. */
  deliveryMethod: string | undefined;
  /** What makes the API tell what a job costs. */
  askForCost: { includeCost?: true };
  /** Names from the task's root; `[]` stands for an element of a list. */
  mediaPaths: (readonly string[])[];
  /** Of everything else that is a URL. */
  urlPaths: (readonly string[])[];
  /** By the name that rules use: `settings.syncMode`. */
  defaults: Record<string, unknown>;
}

/** @throws {SpecError} the document does not name one of them. */
export function readConstants(document: OpenApiDocument): Constants {
  const parameters = new Map(
    readParameters(document).map((parameter) => [nameOf(parameter.path), parameter]),
  );
  return {
    baseUrl: baseUrlOf(document),
    taskType: required(parameters, 'taskType'),
    model: required(parameters, 'model'),
    // The SDK asks for results with `getResponse`; it does not wait in the answer to a submit.
    deliveryMethod: first(parameters, 'deliveryMethod', 'async'),
    askForCost: parameters.has('includeCost') ? { includeCost: true } : {},
    mediaPaths: pathsOf(parameters, ({ isMedia }) => isMedia),
    urlPaths: pathsOf(parameters, ({ isMedia, format }) => !isMedia && format === 'uri'),
    defaults: Object.fromEntries(
      [...parameters]
        .filter(([, parameter]) => parameter.default !== undefined)
        .map(([name, parameter]) => [name, parameter.default]),
    ),
  };
}

type Parameters = Map<string, Parameter>;

function pathsOf(parameters: Parameters, isWanted: (parameter: Parameter) => boolean) {
  return [...parameters.values()].filter(isWanted).map(({ path }) => path);
}

/** The first of the values that a property takes, or the one that is wished, where it is one of them. */
function first(parameters: Parameters, name: string, wish?: string): string | undefined {
  const values = (parameters.get(name)?.choices ?? []).map(({ value }) => value);
  const value = values.find((value) => value === wish) ?? values[0];
  return typeof value === 'string' ? value : undefined;
}

/** The first of the values of a property by which the API knows what a task is. */
function required(parameters: Parameters, name: string): string {
  const value = first(parameters, name);
  if (value !== undefined) return value;
  throw new SpecError(
    `The document names no value for "${name}" of VideoInferenceTask; the clients send one with every task.`,
  );
}

/** The first server and the path, without a trailing slash: that is how the API takes it. */
function baseUrlOf(document: OpenApiDocument): string {
  const server = `${at(document, '#/servers/0/url')}`;
  if (!/^https?:\/\/[^{}]+$/.test(server) || !URL.canParse(server)) {
    throw new SpecError(`The document's first server is no URL of an API: ${quoted(server)}.`);
  }
  const [path = ''] = Object.keys(Object(document['paths']));
  return `${server.replace(/\/+$/, '')}${path}`.replace(/\/+$/, '');
}
