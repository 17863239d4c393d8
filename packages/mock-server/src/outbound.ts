import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopbackName } from './host-check.js';

/** Redirects that a download follows. */
const mostRedirects = 5;

/** Thrown where a request would leave this machine, or is none. Trying again would change nothing. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
}

/** What is sent where. */
export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string | number> | undefined;
  /** Ends the request. */
  signal: AbortSignal;
}

/**
 * The way of this server to others: inputs, webhooks and uploads go through it. URLs in tasks are
 * untrusted, so without `allowOutbound` it reaches nothing but this machine.
 */
export class Outbound {
  readonly #allowOutbound: boolean;

  constructor(allowOutbound: boolean) {
    this.#allowOutbound = allowOutbound;
  }

  /**
   * Opens a request, whose body the caller writes. A redirect is an answer like any other, and each
   * request has a connection of its own, so none outlives it.
   *
   * @throws {OutboundRefused}
   */
  open(url: string, { method, headers, signal }: OutboundRequest): ClientRequest {
    const target = this.#permit(url);
    const request = target.protocol === 'https:' ? requestHttps : requestHttp;
    const options = { method, headers, signal, agent: false } as const;
    // `localhost` is this machine, whatever a hosts file says.
    if (!this.#allowOutbound) return request(target, { ...options, lookup: lookUpLocalhost });
    return request(target, options);
  }

  /**
   * Asks for a file. Each redirect has to pass the same gate.
   *
   * @throws {OutboundRefused}
   * @throws {Error} it could not be reached, or was not answered 200.
   */
  async get(url: string, signal: AbortSignal): Promise<IncomingMessage> {
    let next = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await answerOf(this.open(next, { method: 'GET', signal }).end());
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) return response;
      response.destroy();
      if (statusCode < 300 || statusCode > 399 || headers.location === undefined) {
        throw new Error(`it was answered HTTP ${statusCode}`);
      }
      if (!URL.canParse(headers.location, next))
        throw new OutboundRefused('its redirect is no URL');
      next = new URL(headers.location, next).href;
    }
    throw new Error(`it was redirected more than ${mostRedirects} times`);
  }

  #permit(url: string): URL {
    if (!URL.canParse(url)) throw new OutboundRefused('its URL is not one');
    const target = new URL(url);
    if (!/^https?:$/.test(target.protocol)) {
      throw new OutboundRefused(`${target.protocol} is not http: or https:`);
    }
    // `URL` writes every form of an IPv4 address (`2130706433`, `0x7f.1`, `127.1`) with four decimals.
    // Names other than `localhost` are not looked up: what they resolve to can change between the
    // question and the request.
    if (this.#allowOutbound || isLoopbackName(target.hostname)) return target;
    throw new OutboundRefused(
      `${target.hostname} is not localhost, 127.0.0.1 or [::1]. Start the mock server with allowOutbound to reach other hosts`,
    );
  }
}

/** Called for names only, and only `localhost` gets here. */
const lookUpLocalhost: LookupFunction = (_, { all }, answer) => {
  const ipv6 = { address: '::1', family: 6 };
  if (all) answer(null, [{ address: '127.0.0.1', family: 4 }, ipv6]);
  else answer(null, '127.0.0.1', 4);
};

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve).on('error', reject);
    // As after HTTP 101, of which `response` does not tell.
    request.once('close', () => reject(new Error('the connection was closed without an answer')));
  });
}

/** Why a request failed, in words. What tried several addresses has no message of its own. */
export function reasonOf(error: unknown): string {
  const { message, cause, code } = error as NodeJS.ErrnoException;
  return cause instanceof Error ? cause.message : message || `${code}`;
}
