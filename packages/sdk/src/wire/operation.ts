import { type RequestBody, runSync3 } from '@sync3/generated';
import type { Client, RequestOptions } from '@sync3/generated/client';
import type { TaskName } from '../hooks.js';

/** What the document says of the operation, and what is sent with it. */
export interface Operation {
  /** The document's, such as the content type, and those of the call. */
  headers: Record<string, string>;
  /** How the caller is known; each entry names a header and how the key is written in it. */
  security: NonNullable<RequestOptions['security']>;
}

/**
 * Calls the operation of the document: method, headers and security scheme are the document's. Its
 * path is in the default of `baseUrl`, as a base URL of the caller's is a whole address.
 *
 * @param post sends it. Of the generated `Client`, an operation calls the method of the document alone.
 */
export async function callOperation(
  post: (operation: Operation) => Promise<{ response: Response }>,
  body: readonly TaskName[],
  headers: Record<string, string>,
): Promise<Response> {
  const client = { post } as unknown as Client;
  const { response } = await runSync3({ client, body: body as RequestBody, headers });
  return response as Response;
}
