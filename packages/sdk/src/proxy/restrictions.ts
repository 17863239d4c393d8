import { isUuid } from '@sync3/generated/rules';
import { Sync3Error } from '../errors/sync3-error.js';
import { mediaReferencesOf, type ProxyTask } from './proxy-task.js';
import type { Finding } from './task-gate.js';

/** What callers may name in their tasks. The API calls these URLs, some of them with a request body. */
export interface RestrictionOptions {
  /**
   * Hosts of the URLs that callers may name as inputs, and as files to store, such as `cdn.example` or
   * `cdn.example:8443`. A host without a port stands for the default port, and for no subdomain. UUIDs
   * and data URIs always pass. The API may follow redirects of these hosts to others.
   *
   * @default every host
   */
  allowedInputHosts?: readonly string[] | undefined;
  /**
   * Whether a job may have a `webhookURL`, at which the API calls with a body of its own. Only `true`
   * allows it; check the URL in `authorize` then.
   *
   * @default false
   */
  allowWebhookURL?: boolean | undefined;
  /**
   * Whether a job may have an `uploadEndpoint`, at which the API puts the video. Only `true` allows
   * it; check the URL in `authorize` then.
   *
   * @default false
   */
  allowUploadEndpoint?: boolean | undefined;
}

/**
 * @returns a function that says which property of a valid task names something that it may not.
 * @throws {Sync3Error} one of the hosts is not written as a URL has it.
 */
export function createRestrictions({
  allowedInputHosts,
  allowWebhookURL,
  allowUploadEndpoint,
}: RestrictionOptions): (task: ProxyTask) => Finding | undefined {
  const wrong = allowedInputHosts?.find((text) => !isHost(text));
  if (wrong !== undefined) {
    const message = `allowedInputHosts: "${wrong}" is not like cdn.example or cdn.example:8443.`;
    throw new Sync3Error(message, { code: 'invalidOption' });
  }
  const hosts = allowedInputHosts && new Set(allowedInputHosts);
  // A text such as 'false' from the environment must not open a door.
  const doors = [
    ['webhookURL', 'allowWebhookURL', allowWebhookURL === true],
    ['uploadEndpoint', 'allowUploadEndpoint', allowUploadEndpoint === true],
  ] as const;
  return (task) => {
    for (const [parameter, option, isAllowed] of doors) {
      if (isAllowed || !(parameter in task)) continue;
      return forbidden(parameter, `Callers may not set ${parameter} here (option ${option}).`);
    }
    const foreign = hosts && mediaReferencesOf(task).find(({ media }) => !mayBeNamed(media, hosts));
    if (!foreign) return undefined;
    const { parameter } = foreign;
    return forbidden(
      parameter,
      `Callers may not name media at this host in ${parameter} (option allowedInputHosts).`,
    );
  };
}

function forbidden(parameter: string, message: string): Finding {
  return { code: 'forbidden', parameter, message };
}

/** Media that the API fetches from one of the hosts, or does not fetch at all. */
function mayBeNamed(media: string, hosts: ReadonlySet<string>): boolean {
  if (isUuid(media) || /^data:|^[a-z\d+/]+={0,2}$/i.test(media)) return true;
  // No user, no backslash, no white space: every reader of URLs finds the same host.
  const [, host = ''] = /^https?:\/\/([^/?#@\\\s]+)(?:[/?#]|$)/i.exec(media) ?? [];
  return hosts.has(host.toLowerCase());
}

/** As it stands in a URL: in lower case, in ASCII, without a default port. */
function isHost(text: string): boolean {
  const url = `https://${text}`;
  return /^[\w.:[\]-]+$/.test(text) && URL.canParse(url) && new URL(url).host === text;
}
