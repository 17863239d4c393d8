import type { OpenApiDocument } from '../compose.ts';
import { at, isObject, type JsonObject, pointerOf } from '../diff/pointer.ts';
import { valuesOf } from '../diff/words.ts';
import { findTask, taskTypeOf } from '../normal-form/find-task.ts';
import { unfold } from '../normal-form/unfold.ts';
import { quoted } from '../source/quoted.ts';
import type { ForPeople } from './for-people.ts';

const model = 'packages/sdk/src/lipsync/sync-3.ts';

/**
 * What changes the meaning of a job, so that the document alone cannot say what programs should do.
 *
 * @param old the document of before, as upstream has it, and `current` that of now.
 */
export function decisionsAbout(old: OpenApiDocument, current: OpenApiDocument): ForPeople[] {
  return [...newOperations(old, current), ...newTaskType(old, current)];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

function newOperations(old: OpenApiDocument, current: OpenApiDocument): ForPeople[] {
  const [before, now] = [old, current].map(operationsOf);
  const isMoved = before?.length === now?.length;
  if (isMoved || !now) return [];
  const known = new Set(before?.map(({ name }) => name));
  return now
    .filter(({ name }) => !known.has(name))
    .map(({ pointer, name, address }) => ({
      pointer,
      text:
        `The document has another operation, ${name} (${address}). Its types are generated, and ` +
        'nothing calls it: decide whether the client should.',
      file: 'packages/sdk/src/client.ts',
    }));
}

function operationsOf(document: OpenApiDocument) {
  return Object.entries(Object(document['paths'])).flatMap(([path, item]) =>
    Object.entries(Object(item))
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => {
        const { operationId } = Object(operation);
        const address = `${method.toUpperCase()} ${quoted(path)}`;
        return {
          pointer: pointerOf(['paths', path, method]),
          name: typeof operationId === 'string' ? quoted(operationId) : address,
          address,
        };
      }),
  );
}

function newTaskType(old: OpenApiDocument, current: OpenApiDocument): ForPeople[] {
  const [before, now] = [old, current].map((document) =>
    taskTypeOf(document, findTask(document).task),
  );
  if (before === now) return [];
  return [
    {
      pointer: propertyPointer('taskType'),
      text:
        `"taskType" is ${quoted(now ?? '')} now (before: ${quoted(before ?? '')}). Answers, webhooks ` +
        'and jobs that were submitted before have the old one: decide whether the model has changed.',
      file: model,
    },
  ];
}

/** Parameters whose choices the client acts on, and what a new one asks for. */
const actedOn = [
  {
    name: 'outputType',
    text: 'Results that are no URL need a decision: how they are read, delivered and saved.',
    file: 'packages/sdk/src/lipsync/read-video.ts',
  },
  {
    name: 'deliveryMethod',
    text: 'The client polls, and needs "async": decide what it does with an answer that has the result.',
    file: model,
  },
];

/** What can be taken as it is, and leaves something that only a person can add. */
export function behaviourToDecide(old: OpenApiDocument, current: OpenApiDocument): ForPeople[] {
  return actedOn.flatMap(({ name, text, file }) => {
    const [before, now] = [old, current].map((document) => choicesOf(document, name));
    const added = now?.filter((choice) => !before?.includes(choice)) ?? [];
    if (added.length === 0 || before?.length === 0) return [];
    const list = added.map((choice) => quoted(String(choice))).join(', ');
    return [
      { pointer: propertyPointer(name), text: `"${name}" can be ${list} now. ${text}`, file },
    ];
  });
}

function choicesOf(document: OpenApiDocument, name: string): unknown[] {
  const task = unfold(document, findTask(document).task).schema;
  const property = at(task, pointerOf(['properties', name]));
  return (isObject(property) && valuesOf(unfold(document, property as JsonObject).schema)) || [];
}

const propertyPointer = (name: string) =>
  pointerOf(['components', 'schemas', 'VideoInferenceTask', 'properties', name]);
