import { readDocument } from '../../src/source/read-document.ts';
import { changed } from './changed-document.ts';

/** A document with every text in every place where a document may have any text. */
export function nastyDocument(texts: string[]) {
  const all = texts.join(' ');
  const prose = { title: all, summary: all, description: all };
  const docs = { url: all, description: all };
  const named = <T>(value: (text: string) => T) =>
    Object.fromEntries(texts.map((text) => [text, value(text)]));
  const onOneLine = all.replace(/[\n\r\u2028\u2029]/g, '');

  return readDocument(
    changed((document) => {
      const { post } = document.paths['/'];
      const { schemas, securitySchemes } = document.components;
      const { speech, settings } = schemas.RequestBody.items.properties;

      Object.assign(document.info, prose, { title: `sync-3 ${all}` });
      // An overlay mends the URL of the first.
      document.servers[0].description = all;
      document.servers.push({ url: all, description: all, variables: { [all]: { default: all } } });
      document.tags = texts.map((name) => ({ name, description: name, externalDocs: docs }));
      securitySchemes.apiKeyAuth.description = all;
      document.security.push({ [all]: [all] });

      Object.assign(post, { summary: all, description: all, tags: texts, externalDocs: docs });
      post.deprecated = true;
      post.parameters = texts.flatMap((name) =>
        ['query', 'header', 'cookie'].map((place) => ({
          in: place,
          name,
          description: name,
          schema: { type: 'string', default: name, ...prose },
        })),
      );
      post.requestBody.description = all;
      post.requestBody.content[`text/x;${onOneLine}`] = { schema: { type: 'string', ...prose } };
      post.responses['200'].description = all;
      post.responses['200'].headers = named((text) => ({ description: text }));
      post.responses['2XX'] = { description: all, content: {} };
      document.paths[`/${all}`] = { get: { summary: all, description: all, responses: {} } };

      Object.assign(speech, {
        title: all,
        description: all,
        externalDocs: docs,
        'x-more': named((text) => [text]),
      });
      // A property of a request with one of these in its name is refused: it would be ambiguous in a path.
      const names = texts.filter((text) => !/[~/]/.test(text));
      const property = (text: string) => ({
        type: 'string',
        title: text,
        description: text,
        default: text,
        examples: [text],
        const: text,
        deprecated: true,
      });
      speech.properties = Object.fromEntries(names.map((name) => [name, property(name)]));
      speech.required = names;
      speech.default = named((text) => [text]);
      Object.assign(settings.properties, {
        choice: { type: 'string', enum: texts, default: all, 'x-enum-varnames': texts },
        alternatives: {
          oneOf: texts.map((text) => ({ const: text, title: text, description: text })),
        },
      });
      schemas.Nasty = {
        ...prose,
        oneOf: [{ $ref: '#/components/schemas/NastyPart' }],
        discriminator: { propertyName: all, mapping: { [all]: 'NastyPart' } },
      };
      schemas.NastyPart = {
        type: 'object',
        // What no rule can be made of is in no request.
        properties: {
          ...named((text) => ({ type: 'string', format: text })),
          [all]: { type: 'string' },
          object: {
            const: named((text) => [text]),
            patternProperties: { '`\\$\\{\\}': { ...prose } },
          },
        },
        dependentRequired: named(() => texts),
      };
    }),
  );
}
