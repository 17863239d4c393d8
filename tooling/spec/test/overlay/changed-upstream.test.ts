import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { locations } from '../../src/locations.ts';
import { OverlayError } from '../../src/overlay/overlay-error.ts';
import { readUpstream } from '../../src/read-upstream.ts';

const upstream = await readUpstream(locations.upstream);

// biome-ignore lint/suspicious/noExplicitAny: the tests reach deep into a JSON document to change it
type Json = any;

/** The message with which the real overlays refuse a changed upstream document. */
async function refusal(change: (parts: Record<string, Json>) => void): Promise<string> {
  const document: Json = structuredClone(upstream);
  const { schemas } = document.components;
  const task = schemas.RequestBody.items;
  change({ document, schemas, task, settings: task.properties.settings.properties });
  const error = await compose(document, locations.overlays).catch((reason) => reason);
  expect(error).toBeInstanceOf(OverlayError);
  return error.message;
}

/** The text of the line that a message names. */
async function lineNamed(message: string): Promise<string> {
  const [, file = '', line = ''] = /^([\w.-]+):(\d+): /.exec(message) ?? [];
  const lines = (await readFile(join(locations.overlays, file), 'utf8')).split('\n');
  return lines[Number(line) - 1] ?? '';
}

describe('upstream no longer has what an action addresses:', () => {
  test('the message names the action and its line, and what stands there now', async () => {
    const message = await refusal(({ settings }) => {
      settings.textToSpeech = settings.tts;
      delete settings.tts;
    });
    expect(message).toBe(
      `02-named-schemas.overlay.yaml:${/:(\d+)/.exec(message)?.[1]}: copy ` +
        '"$.components.schemas.TextToSpeech" copies ' +
        '"$.components.schemas.Settings.properties.tts", where nothing stands. Upstream now has at ' +
        '$.components.schemas.RequestBody.items.properties.settings.properties: ' +
        'activeSpeakerDetection, segments, syncMode, textToSpeech. Mend or remove the action.',
    );
    expect(await lineNamed(message)).toContain('target: $.components.schemas.TextToSpeech');
  });

  test('what has moved is found where it stands now, in the place most like the old one', async () => {
    const message = await refusal(({ task, settings }) => {
      task.properties.tts = settings.tts;
      delete settings.tts;
    });
    expect(message).toContain(
      '`tts` now stands at $.components.schemas.RequestBody.items.properties.tts.',
    );
  });

  test('a component that only a reference of ours leads to is named with that action', async () => {
    const message = await refusal(({ schemas }) => {
      delete schemas.AuthenticationTask;
    });
    expect(message).toContain(
      'refers to "#/components/schemas/AuthenticationTask", which upstream no longer has',
    );
    expect(message).toMatch(/^03-tasks\.overlay\.yaml:\d+: the update of/);
  });

  test('a reference of upstream to what an overlay moves is named with that action', async () => {
    const message = await refusal(({ task }) => {
      task.properties.lifetime = { $ref: '#/components/schemas/RequestBody/items/properties/ttl' };
    });
    expect(message).toMatch(/^03-tasks\.overlay\.yaml:\d+: the removal of/);
    expect(message).toContain('"#/components/schemas/RequestBody/items/properties/ttl"');
  });

  test('a renamed component is shown by the names that are left', async () => {
    const message = await refusal(({ schemas }) => {
      schemas.Problem = schemas.ErrorResponse;
      delete schemas.ErrorResponse;
    });
    expect(message).toMatch(
      /^04-.* copies "\$\.components\.schemas\.ErrorResponse\.properties\.errors\.items"/,
    );
    expect(message).toMatch(/Upstream now has at \$\.components\.schemas: .*Problem.*\./);
    expect(message).not.toContain('`items` now stands at $.components.schemas.RequestBody.');
    expect(message).toContain(
      '`items` now stands at $.components.schemas.Problem.properties.errors.items.',
    );
  });

  test('a status that is gone', async () => {
    const message = await refusal(({ document }) => {
      delete document.paths['/'].post.responses['503'];
    });
    expect(message).toMatch(
      /^06-examples\.overlay\.yaml:\d+: update "\$\.paths\['\/'\]\.post\.responses\['503'\]\.content\['application\/json'\]" matches nothing\./,
    );
    expect(message).toContain("$.paths['/'].post.responses: 200, 400, 401, 402, 403, 429, 500. M");
    expect(await lineNamed(message)).toContain("responses['503']");
  });

  test('a name that stands in many places is not said to have moved', async () => {
    const message = await refusal(({ document }) => {
      delete document.paths['/'].post.responses['503'];
    });
    expect(message).not.toContain('now stands at');
  });

  test('a schema that has become a reference', async () => {
    const message = await refusal(({ task }) => {
      task.properties.settings = { $ref: '#/components/schemas/Sync3Settings' };
    });
    expect(message).toContain('properties.settings: $ref.');
  });

  test('a list or a value in the place of an object is shown', async () => {
    const list = await refusal(({ task }) => {
      task.properties.settings.properties = ['tts'];
    });
    expect(list).toContain('properties.settings.properties: a list of 1.');
    const value = await refusal(({ task }) => {
      task.properties.settings.properties = 'see the guide';
    });
    expect(value).toContain('properties.settings.properties: "see the guide".');
  });
});

describe('upstream has added what an action adds:', () => {
  test('the same: the message says to remove it', async () => {
    const message = await refusal(({ document }) => {
      document.jsonSchemaDialect = 'https://json-schema.org/draft/2020-12/schema';
    });
    expect(message).toBe(
      '01-dialect.overlay.yaml:8: update "$" adds `jsonSchemaDialect`, which upstream now has ' +
        'at $.jsonSchemaDialect, just the same. Remove it from the action.',
    );
  });

  test('another value: the message shows it', async () => {
    const message = await refusal(({ document }) => {
      document.jsonSchemaDialect = 'https://example.com/dialect';
    });
    expect(message).toContain(
      'but upstream now has at $.jsonSchemaDialect: "https://example.com/dialect"',
    );
  });

  test.each([
    ['a schema of ours', 'GetResponseTask', /^03-tasks/],
    ['a placeholder of ours', 'Settings', /^02-named-schemas/],
    ['a row of ours', 'VideoInferenceSuccess', /^04-responses/],
  ])('%s, even when no part of it is the same', async (_, name, file) => {
    const message = await refusal(({ schemas }) => {
      schemas[name] = { $ref: '#/components/schemas/Other' };
    });
    expect(message).toMatch(file);
    expect(message).toContain(
      `adds \`${name}\`, but upstream now has at $.components.schemas.${name}: {"$ref":"#/components/schemas/Other"}.`,
    );
  });

  test('a title on a schema that we name: the message says where upstream has it', async () => {
    const message = await refusal(({ task }) => {
      task.title = 'sync-3 Task';
    });
    expect(message).toContain(
      'adds `title`, but upstream now has at $.components.schemas.RequestBody.items.title: "sync-3 Task"',
    );
  });

  test('an equal value with its keys in another order is the same', async () => {
    const message = await refusal(({ document }) => {
      const { responses } = document.paths['/'].post;
      responses['404'] = {
        content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } },
        description: 'Not Found — The task, model or media does not exist.',
      };
    });
    expect(message).toMatch(
      /^05-statuses.*adds `404`, which upstream now has at [^\n]*, just the same/,
    );
  });

  test('two things at once are both named', async () => {
    const message = await refusal(({ schemas }) => {
      schemas.GetResponseTask = {};
      schemas.MediaStorageTask = {};
    });
    expect(message).toMatch(
      /adds `GetResponseTask`, but [^\n]*\n {2}It also adds `MediaStorageTask`/,
    );
  });

  test('a name with marks that a terminal or a log obeys is shown as it is written', async () => {
    const message = await refusal(({ schemas }) => {
      const { data } = schemas.ResponseBody.properties;
      delete data.items;
      data['\n::error::\u001b[2J\u009b31m\u202e\u2028'] = {};
    });
    expect(message).toContain('\\u000a::error::\\u001b[2J\\u009b31m\\u202e\\u2028');
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });

  test('a long value is shortened', async () => {
    const message = await refusal(({ schemas }) => {
      schemas.Task = { description: 'x'.repeat(10_000) };
    });
    expect(message.length).toBeLessThan(700);
    expect(message).toContain('xxx…');
  });
});

describe('upstream has changed what an action removes:', () => {
  test('a response that is described at last is not thrown away', async () => {
    const message = await refusal(({ schemas }) => {
      schemas.ResponseBody.properties.data.items = {
        type: 'object',
        properties: { videoURL: { type: 'string' } },
      };
    });
    expect(message).toMatch(/^04-responses\.overlay\.yaml:\d+: remove /);
    expect(message).toContain(
      'expects {"type":"object","description":"Unknown response structure"}',
    );
    expect(message).toContain(
      'upstream now has at $.components.schemas.ResponseBody.properties.data.items: ' +
        '{"type":"object","properties":{"videoURL":{"type":"string"}}}.',
    );
    expect(await lineNamed(message)).toContain('ResponseBody.properties.data.items');
  });

  test('the type of an error field that we widen', async () => {
    const message = await refusal(({ schemas }) => {
      schemas.ErrorResponse.properties.errors.items.properties.parameter.type = ['string', 'null'];
    });
    expect(message).toContain(
      'expects "string", but upstream now has at ' +
        '$.components.schemas.ErrorResponse.properties.errors.items.properties.parameter.type: ["string","null"]',
    );
  });

  test('the order of its keys does not matter', async () => {
    const document: Json = structuredClone(upstream);
    const { data } = document.components.schemas.ResponseBody.properties;
    data.items = { description: data.items.description, type: data.items.type };
    await expect(compose(document, locations.overlays)).resolves.toBeDefined();
  });
});

test('everything that upstream says is in the composed document, but for what x-removes names', async () => {
  const strings = (node: unknown): string[] => {
    if (typeof node === 'string') return [node];
    return typeof node === 'object' && node !== null ? Object.values(node).flatMap(strings) : [];
  };
  const composed = new Set(strings(await compose(upstream, locations.overlays)));
  const lost = strings(upstream).filter((text) => !composed.has(text));
  expect(lost.sort()).toEqual(['Unknown response structure', 'https://api.runware.ai/v1']);
});
