import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.js';

/** Whom the server knows. */
export interface KnownKeys {
  /** `undefined`: every key that is not empty. */
  apiKeys: string[] | undefined;
  /** Keys that may ask, but neither submit jobs nor store media. */
  readOnlyApiKeys: string[];
}

/** Who sent a request. */
export interface Caller {
  apiKey: string;
  isReadOnly: boolean;
  /** The row that answers an authentication task, if there is one. */
  row?: object;
}

/**
 * Lets a request in by its `Authorization` header, or by an authentication task that comes first.
 * "Pick one, don't mix"; what Runware does with both is not documented: the task counts here.
 *
 * A session is taken up again by its `connectionSessionUUID`. Results are only buffered for
 * WebSocket connections, so over HTTP it is given back and changes nothing.
 *
 * @throws {Refusal} 401.
 */
export function authenticate(
  authorization: string | undefined,
  tasks: Record<string, unknown>[],
  { apiKeys, readOnlyApiKeys }: KnownKeys,
): Caller {
  const [first] = tasks;
  const isTask = first?.['taskType'] === 'authentication';
  const apiKey = isTask ? first['apiKey'] : /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (typeof apiKey !== 'string' || !apiKey) {
    const message = 'Give an API key: as Authorization: Bearer, or in an authentication task.';
    throw new Refusal(401, 'missingApiKey', message);
  }
  const isReadOnly = readOnlyApiKeys.includes(apiKey);
  if (apiKeys && !isReadOnly && !apiKeys.includes(apiKey)) {
    throw new Refusal(401, 'invalidApiKey', 'The API key is not valid.');
  }
  if (!isTask) return { apiKey, isReadOnly };
  const connectionSessionUUID = first['connectionSessionUUID'] ?? randomUUID();
  return { apiKey, isReadOnly, row: { taskType: 'authentication', connectionSessionUUID } };
}
