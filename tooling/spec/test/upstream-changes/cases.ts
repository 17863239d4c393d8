import {
  error,
  errorResponse,
  job,
  operation,
  type Part,
  properties,
  response,
  segment,
  settings,
  speaker,
} from '../diff/document-parts.ts';

/** A change that Runware has made to a document, or could make. */
export interface UpstreamChange {
  name: string;
  change: (document: Part) => void;
}

const component = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const meaning = (value: string, description: string) => ({ const: value, description });

/** Moves a schema to a component and leaves a reference. */
function move(document: Part, owner: Part, key: string, name: string) {
  document.components.schemas[name] = owner[key];
  owner[key] = component(name);
}

const status = (description: string) => ({
  description,
  content: { 'application/json': { schema: component('ErrorResponse') } },
});

export const newHeader = (d: Part) => {
  Object.assign(d.info, {
    title: 'sync-3',
    summary: 'Lip synchronization of entire shots.',
    'x-model-id': 'sync-3',
    'x-air-id': 'sync:lipsync@3',
    'x-status': 'live',
    'x-creator': 'sync',
  });
};

export const renamedModel = (d: Part) => {
  properties(d).model.const = 'sync:3@0';
};

export const newSettings = (d: Part) => {
  Object.assign(settings(d), {
    mode: {
      title: 'Mode',
      description: 'What of the face is edited.',
      type: 'string',
      oneOf: [meaning('lips', 'The mouth.'), meaning('face', 'The whole face.')],
      default: 'lips',
    },
    temperature: {
      title: 'Temperature',
      description: 'How lively the face is.',
      type: 'number',
      minimum: 0,
      maximum: 1,
      multipleOf: 0.01,
      default: 0.5,
    },
    occlusionDetection: {
      title: 'Occlusion Detection',
      description: 'Looks for what covers the mouth.',
      type: 'boolean',
      default: false,
    },
  });
};

export const loop = (d: Part) => {
  settings(d).syncMode.oneOf.push(
    meaning('loop', 'Audio repeats from the beginning when it ends.'),
  );
};

export const nullableBox = (d: Part) => {
  speaker(d).properties.boundingBoxes.items.type = ['array', 'null'];
};

export const nullableBoxAsUnion = (d: Part) => {
  const { boundingBoxes } = speaker(d).properties;
  boundingBoxes.items = { anyOf: [boundingBoxes.items, { type: 'null' }] };
};

export const description = (d: Part) => {
  properties(d).ttl.description = 'Seconds to live.';
};

/** A row as Runware writes it for other models. */
export const documentedResponse = (d: Part) => {
  const text = { type: 'string' };
  response(d).properties.data.items = {
    type: 'object',
    properties: {
      taskType: { ...text, const: 'videoInference', title: 'Task Type' },
      taskUUID: { ...text, format: 'uuid', title: 'Task UUID' },
      cost: { type: 'number', title: 'Cost', description: 'What the task has cost.' },
      videoUUID: { ...text, format: 'uuid' },
      videoURL: { ...text, format: 'uri' },
      seed: { type: 'integer' },
      NSFWContent: { type: 'boolean' },
    },
    required: ['taskType', 'taskUUID', 'videoUUID'],
  };
};

export const documentedStatuses = (d: Part) => {
  Object.assign(operation(d).responses, {
    '404': status('Not Found — The task, model or media does not exist.'),
    '504': status('Gateway Timeout — The task exceeded the maximum queue wait time.'),
    '422': status('Unprocessable Entity — The media cannot be processed.'),
  });
};

export const renamedOperation = (d: Part) => {
  d.info.title = 'Runware API - sync-lipsync-3';
  operation(d).operationId = 'run_sync_lipsync_3';
};

/** Ways of writing the same. */
export const refactorings: UpstreamChange[] = [
  {
    name: 'segments as a component',
    change: (d) => move(d, settings(d).segments, 'items', 'Segment'),
  },
  {
    name: 'segments under another name',
    change: (d) => move(d, settings(d).segments, 'items', 'LipsyncSegment'),
  },
  {
    name: 'segments as a definition',
    change: (d) => {
      const { segments } = settings(d);
      job(d).$defs = { Segment: segments.items };
      segments.items = component('RequestBody/items/$defs/Segment');
    },
  },
  {
    name: 'media inputs as a component',
    change: (d) => {
      const { title: _, description: __, ...media } = properties(d).inputs.properties.video;
      d.components.schemas.MediaInput = media;
      const owners = [properties(d).inputs.properties, segment(d).properties];
      for (const owner of owners) {
        for (const key of ['video', 'audio']) {
          if (!owner[key]) continue;
          const { title, description } = owner[key];
          owner[key] = { title, description, ...component('MediaInput') };
        }
      }
    },
  },
  {
    name: 'the inputs as a component',
    change: (d) => move(d, properties(d), 'inputs', 'MediaInputs'),
  },
  {
    name: 'the task as a component',
    change: (d) => move(d, d.components.schemas.RequestBody, 'items', 'Sync3Task'),
  },
  {
    name: 'a list of authentication and task',
    change: (d) => {
      move(d, d.components.schemas.RequestBody, 'items', 'VideoInferenceTask');
      d.components.schemas.RequestBody.items = {
        oneOf: [component('AuthenticationTask'), component('VideoInferenceTask')],
      };
    },
  },
  {
    name: 'errors as a component',
    change: (d) => move(d, errorResponse(d).properties.errors, 'items', 'Error'),
  },
  {
    name: 'the body of failures under another name',
    change: (d) => {
      d.components.schemas.Failure = d.components.schemas.ErrorResponse;
      delete d.components.schemas.ErrorResponse;
      for (const answer of Object.values<Part>(operation(d).responses)) {
        const { schema } = answer.content['application/json'];
        if (schema.$ref.endsWith('ErrorResponse')) Object.assign(schema, component('Failure'));
      }
    },
  },
  {
    name: 'an answer as a component',
    change: (d) => {
      d.components.responses = { TooMany: operation(d).responses['429'] };
      operation(d).responses['429'] = { $ref: '#/components/responses/TooMany' };
    },
  },
  {
    name: 'six properties in a component under allOf',
    change: (d) => {
      const task = job(d);
      const names = ['taskType', 'taskUUID', 'webhookURL', 'includeCost', 'numberResults', 'ttl'];
      const entries = names.map((name) => [name, task.properties[name]]);
      for (const name of names) delete task.properties[name];
      d.components.schemas.TaskBase = {
        type: 'object',
        properties: Object.fromEntries(entries),
        required: ['taskType', 'taskUUID'],
      };
      task.required = ['inputs', 'model'];
      task.allOf.unshift(component('TaskBase'));
      delete task.additionalProperties;
      task.unevaluatedProperties = false;
    },
  },
  {
    name: 'choices as an enum',
    change: (d) => {
      const { syncMode } = settings(d);
      syncMode.enum = syncMode.oneOf.map((choice: Part) => choice.const);
      delete syncMode.oneOf;
    },
  },
  { name: 'OpenAPI 3.1.1', change: (d) => (d.openapi = '3.1.1') },
  { name: 'OpenAPI 3.2.0', change: (d) => (d.openapi = '3.2.0') },
  {
    name: 'the path /v1 under the bare host',
    change: (d) => {
      d.servers[0].url = 'https://api.runware.ai';
      d.paths = { '/v1': d.paths['/'] };
    },
  },
];

export const providerSettings = (d: Part) => {
  properties(d).seed = { type: 'integer', minimum: 0, title: 'Seed' };
  properties(d).providerSettings = {
    type: 'object',
    title: 'Provider Settings',
    properties: {
      sync: {
        type: 'object',
        title: 'Sync',
        properties: {
          editRegion: { type: 'string', enum: ['lips', 'face', 'head'] },
          emotionPrompt: { type: 'string', minLength: 1, maxLength: 200 },
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
};

export const errorsAsWritten = (d: Part) => {
  error(d).properties.parameter.type = ['string', 'array'];
  error(d).properties.parameter.items = { type: 'string' };
  error(d).properties.retryAfter = { type: 'integer' };
};

export const secondScheme = (d: Part) => {
  d.components.securitySchemes.apiKeyHeader = { type: 'apiKey', in: 'header', name: 'X-API-Key' };
  d.security.push({ apiKeyHeader: [] });
};
