import type { OpenApiDocument } from '../../src/compose.ts';

/** A small document whose task has these properties. */
export function taskDocument(
  properties: Record<string, unknown>,
  rest: Record<string, unknown> = {},
  components: Record<string, unknown> = {},
): OpenApiDocument {
  const task = { type: 'object', properties, additionalProperties: false, ...rest };
  return {
    openapi: '3.1.0',
    info: { title: 'A small document', version: '1.0.0' },
    servers: [{ url: 'https://api.example.com/v9/' }],
    paths: {
      '/': {
        post: {
          operationId: 'run',
          requestBody: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/VideoInferenceTask' } },
            },
          },
          responses: { 200: { description: 'Done.' } },
        },
      },
    },
    components: { schemas: { VideoInferenceTask: task, ...components } },
  };
}
