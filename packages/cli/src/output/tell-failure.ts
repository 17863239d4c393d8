import type { VideoFailure } from '@sync3/sdk';
import type { Reporter } from '../session/reporter.js';

/** Tells why a result failed. */
export function tellFailure(
  reporter: Reporter,
  taskUUID: string,
  { code, message, responseContent }: VideoFailure,
): void {
  const said =
    responseContent === undefined || typeof responseContent === 'string'
      ? responseContent
      : JSON.stringify(responseContent);
  reporter.tell({ event: 'failure', taskUUID, code, message, responseContent: said });
}
