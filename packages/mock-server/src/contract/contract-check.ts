import { createLogger, factory } from '@stoplight/prism-core';
import type { IHttpResponse } from '@stoplight/prism-http';
// Its parts one by one: the whole loads generators of examples too, for a second, to no use here.
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js';
import { validateInput, validateOutput } from '@stoplight/prism-http/dist/validator/index.js';
import { left, right } from 'fp-ts/lib/Either.js';
import { tryCatch } from 'fp-ts/lib/TaskEither.js';
import { createMultiplesCheck } from './decimal-multiples.js';
import type { OpenApiDocument } from './document.js';
import type { Finding } from './finding.js';
import { createFirstFindings, type Diagnostic } from './first-findings.js';
import { prismDocument } from './prism-document.js';

/** A response that is about to be sent. */
export interface PlannedResponse {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** What is sent in place of `body`, where that is no JSON: the page of a proxy. */
  raw?: { contentType: string; text: string };
}

/** What one exchange came to. */
export interface CheckedExchange {
  response: PlannedResponse;
  /** What the response breaks in the document: a fault of this server. */
  violations: Finding[];
}

/**
 * Sends a request through Prism, with `respond` in the place of the upstream server.
 *
 * @param body the parsed body; `undefined` when there is none or it is not JSON.
 * @param respond is given what the request breaks in the document, and answers it.
 */
export type ContractCheck = (
  body: unknown,
  respond: (findings: Finding[]) => Promise<PlannedResponse>,
) => Promise<CheckedExchange>;

/** Prepares Prism for the document. */
export async function createContractCheck(document: OpenApiDocument): Promise<ContractCheck> {
  const [operation] = await getHttpOperationsFromSpec(prismDocument(document));
  if (!operation) throw new Error('the document has no operation');
  const findFirst = createFirstFindings(document);
  const findMultiples = createMultiplesCheck(document);
  const logger = createLogger('prism', { enabled: false });
  const config = {
    isProxy: true as const,
    upstream: new URL('http://127.0.0.1'),
    upstreamProxy: undefined,
    mock: { dynamic: false },
    checkSecurity: false,
    validateRequest: true,
    validateResponse: true,
    // Hands the findings on the request to `forward`.
    errors: true,
  };

  return async (body, respond) => {
    let response: PlannedResponse = { status: 500, body: { errors: [] } };
    const first = findFirst(body).map(toFinding);
    const prism = factory(config, {
      logger,
      route: () => right(operation),
      validateInput,
      // `authenticate.ts` does that.
      validateSecurity: ({ element }) => right(element),
      validateOutput,
      mock: () => () => left(new Error('this server makes its answers itself')),
      forward: (input) => () =>
        tryCatch(async (): Promise<IHttpResponse> => {
          const found = [...first, ...input.validations.map(toFinding)];
          const isBroken = new Set(first.map(({ path }) => path[0]));
          const multiples = (Array.isArray(body) ? body : []).flatMap((task, index) =>
            isBroken.has(`${index}`)
              ? []
              : findMultiples(task).map((own) => ({ ...own, path: [`${index}`, ...own.path] })),
          );
          response = await respond([...found, ...multiples]);
          return {
            statusCode: response.status,
            headers: { 'content-type': 'application/json' },
            // As the other side will read it.
            body: JSON.parse(JSON.stringify(response.body)),
          };
        }, toError),
    });
    // Bodies are read as JSON whatever their header says; another type would make Prism look away.
    const headers = { 'content-type': 'application/json' };
    const input = { method: 'post' as const, url: { path: '/v1' }, headers, body };
    // What is broken already is not gone through again.
    const settings = { ...config, validateRequest: first.length === 0 };
    const result = await prism.request(input, [operation], settings)();
    if (result._tag === 'Left') throw result.left;
    return { response, violations: result.right.validations.output.map(toFinding) };
  };
}

function toFinding({ path = [], code = '', message }: Diagnostic): Finding {
  const [first, ...rest] = path.map(String);
  return { path: first === 'body' ? rest : path.map(String), keyword: `${code}`, message };
}

function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
