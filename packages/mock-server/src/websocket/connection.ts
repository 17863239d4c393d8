import type { IncomingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';
import {
  type ApiEndpoint,
  bodyOrRefusal,
  exchange,
  type ReceivedMessage,
} from '../api-endpoint.js';
import type { PlannedResponse } from '../contract/contract-check.js';
import type { Fault } from '../faults/fault.js';
import { parseBody } from '../read-body.js';
import { Slots } from '../slots.js';
import type { Session, Sessions } from './sessions.js';

/** Messages of one connection that are answered at the same time; the others wait. */
const mostAtOnce = 32;
/** Close code for a client that may not go on (RFC 6455, policy violation). */
const policyViolation = 1008;

/** What a connection needs besides its socket. */
export interface ConnectionOptions {
  sessions: Sessions;
  /** After how long without a message it is closed, in ms. */
  idleMs: number;
  /** Every job of it is a dry run, as `?dryRun=1` asks for (@runware/sdk-js 1.3.2, buildSdkUrl). */
  isDryRun: boolean;
}

/**
 * Serves one WebSocket connection: the same lists of tasks and the same `data` and `errors` as over
 * HTTP, matched by taskUUID (runware-typescript 4132dc6, websocket.ts). The first message has to
 * authenticate. Nothing is pushed: clients ask with `getResponse`, here as over HTTP.
 *
 * Faults: what drops a request ends the connection, `stall` leaves the message without an answer,
 * a truncated or malformed body is half a frame, or a frame that is no JSON.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #endpoint: ApiEndpoint;
  readonly #options: ConnectionOptions;
  readonly #slots = new Slots(mostAtOnce);
  /** The first message, which has to authenticate; those that come meanwhile wait for it. */
  #entry: Promise<void> | undefined;
  #session: Session | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, endpoint: ApiEndpoint, options: ConnectionOptions) {
    this.#socket = socket;
    this.#endpoint = endpoint;
    this.#options = options;
    socket.on('message', (data) => {
      this.#receive(String(data)).catch((error: unknown) => {
        console.error('The mock server failed on a message:', error);
        socket.terminate();
      });
    });
    // Such as a frame that is too large, or broken; `ws` closes the connection with the reason.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#idle);
      this.#leaveSession();
    });
    this.#watchSilence();
  }

  async #receive(text: string): Promise<void> {
    this.#watchSilence();
    if (!this.#entry) {
      this.#entry = this.#authenticate(text);
      await this.#entry;
      return;
    }
    await this.#entry;
    const session = this.#session;
    // Who was not let in is not answered again.
    if (session) await this.#slots.run(() => this.#answer(text, session));
  }

  async #read(text: string): Promise<ReceivedMessage> {
    const headers: IncomingHttpHeaders = {
      ...(this.#options.isDryRun && { 'x-runware-dry-run': '1' }),
      ...(this.#session && { authorization: `Bearer ${this.#session.apiKey}` }),
    };
    return { ...(await bodyOrRefusal(() => parseBody(Buffer.from(text)))), headers };
  }

  async #authenticate(text: string): Promise<void> {
    const message = await this.#read(text);
    const task = authenticationIn(message);
    const exchanged = await exchange(this.#endpoint, message);
    if (!exchanged.response) {
      this.#strike(exchanged.fault);
      return;
    }
    const { response, fault } = exchanged;
    if (!task || !isLetIn(response, fault)) {
      this.#send(JSON.stringify(response.body), fault);
      this.#socket.close(policyViolation, 'not authenticated');
      return;
    }
    const { sessions } = this.#options;
    this.#session = sessions.open(task.apiKey, task.connectionSessionUUID);
    this.#session.send = this.#sendPlain;
    this.#deliver(withSession(response, this.#session.uuid), fault);
    const { kept } = this.#session;
    this.#session.kept = [];
    for (const frame of kept) this.#send(frame, undefined);
  }

  async #answer(text: string, session: Session): Promise<void> {
    const message = await this.#read(text);
    const exchanged = await exchange(this.#endpoint, message);
    if (!exchanged.response) {
      this.#strike(exchanged.fault);
      return;
    }
    const { response, fault } = exchanged;
    // A second authentication of the same connection changes nothing.
    const isAgain = authenticationIn(message) !== undefined;
    this.#deliver(isAgain ? withSession(response, session.uuid) : response, fault);
  }

  #deliver(response: PlannedResponse, fault: Fault | undefined): void {
    const frame = response.raw?.text ?? JSON.stringify(response.body);
    const isLost =
      fault?.kind === 'drop-after-accept' || this.#socket.readyState !== this.#socket.OPEN;
    this.#send(frame, fault);
    if (!isLost || !this.#session) return;
    this.#leaveSession();
    this.#options.sessions.deliver(this.#session, frame);
  }

  #send(frame: string, fault: Fault | undefined): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (fault?.kind === 'drop-after-accept') this.#socket.terminate();
    else if (fault?.kind === 'truncated-body') this.#socket.send(frame.slice(0, frame.length / 2));
    else if (fault?.kind === 'malformed-body') this.#socket.send('<!doctype html>');
    else this.#socket.send(frame);
  }

  readonly #sendPlain = (frame: string) => this.#send(frame, undefined);

  /** Another connection may have taken the session up already. */
  #leaveSession(): void {
    if (this.#session?.send === this.#sendPlain) this.#session.send = undefined;
  }

  #strike(fault: Fault): void {
    if (fault.kind !== 'stall') this.#socket.terminate();
  }

  /** Runware drops a connection after 120 s without a message (websocket.ts:285). */
  #watchSilence(): void {
    clearTimeout(this.#idle);
    const close = () => this.#socket.close(policyViolation, 'no message for too long');
    this.#idle = setTimeout(close, this.#options.idleMs);
  }
}

/** Whether an answer lets a client in: tasks beside the authentication may be refused all the same. */
function isLetIn({ status }: PlannedResponse, fault: Fault | undefined): boolean {
  const isInstead = fault?.kind === 'status' || fault?.kind === 'array-refusal';
  return !isInstead && (status === 200 || status === 400);
}

/** The authentication that a message begins with. */
function authenticationIn({ body }: ReceivedMessage) {
  const [first] = Array.isArray(body) ? body : [];
  const isOne = first?.taskType === 'authentication' && typeof first.apiKey === 'string';
  return isOne ? (first as { apiKey: string; connectionSessionUUID?: unknown }) : undefined;
}

/** The row of the authentication tells the session, whatever a profile says of HTTP. */
function withSession(response: PlannedResponse, connectionSessionUUID: string): PlannedResponse {
  const { data = [] } = Object(response.body) as { data?: { taskType?: unknown }[] };
  const others = data.filter(({ taskType }) => taskType !== 'authentication');
  const row = { taskType: 'authentication', connectionSessionUUID };
  return { ...response, body: { ...Object(response.body), data: [row, ...others] } };
}
