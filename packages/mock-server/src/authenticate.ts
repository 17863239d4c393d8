import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.js';

/**
 * Lets a request in by its `Authorization` header, or by an authentication task that comes first.
 *
 * @returns the row that answers an authentication task, if there is one.
 * @throws {Refusal} 401.
 */
export function authenticate(
  authorization: string | undefined,
  tasks: Record<string, unknown>[],
  apiKeys: string[] | undefined,
): object | undefined {
  const [first] = tasks;
  const isTask = first?.['taskType'] === 'authentication';
  const key = isTask ? first['apiKey'] : /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (typeof key !== 'string' || !key) throw new Refusal(401, 'missingApiKey', 'Give an API key.');
  if (apiKeys && !apiKeys.includes(key)) {
    throw new Refusal(401, 'invalidApiKey', 'The API key is not valid.');
  }
  if (!isTask) return undefined;
  const connectionSessionUUID = first['connectionSessionUUID'] ?? randomUUID();
  return { taskType: 'authentication', connectionSessionUUID };
}
