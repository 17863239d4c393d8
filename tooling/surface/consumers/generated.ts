/**
 * Uses the generated client in the ways that no new document of Runware may change. Its types follow
 * that document, and each change of them is classified where it is taken over.
 */
import {
  type GetResponseTask,
  type RequestBody,
  type ResponseRow,
  runSync3,
} from '@sync3/generated';
import { createClient, createConfig } from '@sync3/generated/client';
import {
  askForCost,
  baseUrl,
  defaultNumberResults,
  defaults,
  defaultVoice,
  mediaPaths,
  model,
  taskConstants,
  taskType,
  urlPaths,
} from '@sync3/generated/constants';
import { type Choice, type Parameter, parameters } from '@sync3/generated/parameters';
import { RequestBodySchema } from '@sync3/generated/schemas';

const client = createClient(createConfig({ baseUrl: 'https://api.runware.ai', auth: () => 'key' }));

export async function poll(taskUUID: string): Promise<ResponseRow[]> {
  const task: GetResponseTask = { taskType: 'getResponse', taskUUID };
  const body: RequestBody = [task];
  const { data, error, response } = await runSync3({ client, body });
  if (error) throw new Error(`${response?.status}: ${error.errors[0]?.message}`);
  return data?.data ?? [];
}

const body: RequestBody = [];
const headers = { 'X-Runware-Dry-Run': '1' };
void runSync3({ client, body, headers });
// @ts-expect-error Nothing sends it without a client.
void runSync3({ body });
// @ts-expect-error The operation would send nothing of a Headers instance.
void runSync3({ client, body, headers: new Headers(headers) });

export const kind: 'array' = RequestBodySchema.type;

export const task = { ...taskConstants, ...askForCost, numberResults: defaultNumberResults };
export const names = [taskType, model];
export const address: string = baseUrl;
export const firstMedia: readonly string[] | undefined = mediaPaths[0] ?? urlPaths[0];
export const voice: string | undefined = defaultVoice;
export const syncMode: unknown = defaults['settings.syncMode'];

/** What a form needs to know of a parameter. */
export function toField(parameter: Parameter): [name: string, choices: string[]] {
  const words = ({ value, title = `${value}` }: Choice) => title;
  return [parameter.path.join('.'), parameter.choices?.map(words) ?? []];
}

export const fields: string[] = parameters.map((parameter) => toField(parameter)[0]);
