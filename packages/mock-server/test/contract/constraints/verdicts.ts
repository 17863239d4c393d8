import composed from '../../../../../openapi/sync-3.openapi.json' with { type: 'json' };
import { type ContractCheck, createContractCheck } from '../../../src/contract/contract-check.js';
import type { OpenApiDocument } from '../../../src/contract/document.js';
import type { Finding } from '../../../src/contract/finding.js';

const document = composed as unknown as OpenApiDocument;

/** What Prism finds wrong with a request body; empty when it accepts it. */
export type PrismVerdict = (body: unknown) => Promise<Finding[]>;

export async function createPrismVerdict(): Promise<PrismVerdict> {
  const check: ContractCheck = await createContractCheck(document);
  return async (body) => {
    let found: Finding[] = [];
    await check(body, async (findings) => {
      found = findings;
      return { status: 200, body: { data: [] } };
    });
    return found;
  };
}

/** What the mock server answers. */
export interface Answer {
  status: number;
  data: unknown[];
  errors: { code: string; parameter?: string | string[] }[];
}

/** Sends a body as it is; nothing when it is `undefined`. */
export async function send(url: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { data = [], errors = [] } = (await response.json()) as Partial<Answer>;
  return { status: response.status, data, errors };
}
