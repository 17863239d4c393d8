/**
 * JSON Schema 2020-12 for a schema, a little stricter. `$dynamicAnchor` makes the published
 * meta-schema apply this one to every schema below, too (JSON Schema 2020-12 Core, 8.2.3.2).
 */
export const schemaSchema = {
  $id: 'urn:sync3:schema',
  $dynamicAnchor: 'meta',
  $ref: 'https://json-schema.org/draft/2020-12/schema',
  properties: {
    // No value fits an empty list.
    enum: { minItems: 1 },
    // The generator writes every element of a list of a fixed length.
    minItems: { maximum: 1000 },
    pattern: { maxLength: 1000, format: 'regular-expression' },
    patternProperties: { propertyNames: { maxLength: 1000, format: 'regular-expression' } },
    // Any other dialect would have to be fetched.
    $schema: { const: 'https://json-schema.org/draft/2020-12/schema' },
  },
};

/** OpenAPI's own rule for the names of components. */
const componentNames = { pattern: '^[a-zA-Z0-9._-]+$' };
const schema = { $ref: 'urn:sync3:schema' };
const text = { type: 'string' };

/** The parts of OpenAPI 3.1 from which something is generated. Anything else may stand beside them. */
export const documentSchema = {
  type: 'object',
  required: ['info', 'paths', 'components'],
  properties: {
    info: {
      type: 'object',
      required: ['title', 'version'],
      properties: { title: text, version: text, summary: text, description: text },
    },
    jsonSchemaDialect: {
      enum: [
        'https://json-schema.org/draft/2020-12/schema',
        'https://spec.openapis.org/oas/3.1/dialect/base',
      ],
    },
    servers: {
      type: 'array',
      items: { type: 'object', required: ['url'], properties: { url: text, description: text } },
    },
    components: {
      type: 'object',
      properties: {
        schemas: {
          type: 'object',
          // The generator names a type after it, in whose place generated code would use it.
          propertyNames: { not: { pattern: '^[._-]*[Aa][Rr][Rr][Aa][Yy][._-]*$' } },
          additionalProperties: schema,
        },
        parameters: { additionalProperties: { $ref: '#/$defs/parameter' } },
        requestBodies: { additionalProperties: { $ref: '#/$defs/body' } },
        responses: { additionalProperties: { $ref: '#/$defs/body' } },
        headers: { additionalProperties: { $ref: '#/$defs/parameter' } },
        pathItems: { additionalProperties: { $ref: '#/$defs/path' } },
      },
      patternProperties: { '^(?!x-)': { type: 'object', propertyNames: componentNames } },
    },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^(/|x-)' },
      patternProperties: { '^/': { $ref: '#/$defs/path' } },
    },
    webhooks: { type: 'object', additionalProperties: { $ref: '#/$defs/path' } },
  },
  $defs: {
    path: {
      type: 'object',
      properties: { parameters: { $ref: '#/$defs/parameters' } },
      patternProperties: {
        '^(get|put|post|delete|options|head|patch|trace)$': { $ref: '#/$defs/operation' },
      },
    },
    operation: {
      type: 'object',
      properties: {
        // Becomes the name of a function and of types.
        operationId: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
        summary: text,
        description: text,
        parameters: { $ref: '#/$defs/parameters' },
        requestBody: { $ref: '#/$defs/body' },
        responses: {
          type: 'object',
          propertyNames: { pattern: '^([1-5](\\d\\d|XX)|default|x-.*)$' },
          patternProperties: { '^(?!x-)': { $ref: '#/$defs/body' } },
        },
      },
    },
    body: {
      type: 'object',
      properties: {
        description: text,
        content: { $ref: '#/$defs/content' },
        headers: { type: 'object', additionalProperties: { $ref: '#/$defs/parameter' } },
      },
    },
    parameters: { type: 'array', items: { $ref: '#/$defs/parameter' } },
    parameter: {
      type: 'object',
      properties: { name: text, description: text, schema, content: { $ref: '#/$defs/content' } },
    },
    content: {
      type: 'object',
      propertyNames: { pattern: '^[\\w.+*-]+/[\\w.+*-]+(;.*)?$' },
      additionalProperties: { type: 'object', properties: { schema } },
    },
  },
};
