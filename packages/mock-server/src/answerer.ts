import type { IncomingHttpHeaders } from 'node:http';
import type { PlannedResponse } from './contract/contract-check.js';
import type { Finding } from './contract/finding.js';
import type { Fault } from './faults/fault.js';

/** A request, as far as the answer depends on it. */
export interface ReceivedTasks {
  /** The parsed body. */
  body: unknown;
  /** What it breaks in the document. */
  findings: Finding[];
  headers: IncomingHttpHeaders;
  fault: Fault | undefined;
}

/** What answers the requests of a server: the emulator, the API behind a gateway, or records. */
export interface Answerer {
  /**
   * Whether its answers are this server's own: one that breaks the document is a fault of ours, and
   * answered 500. Those of others are passed on as they are, and what they break is told.
   */
  readonly isOwn: boolean;
  respond(received: ReceivedTasks): Promise<PlannedResponse>;
}
