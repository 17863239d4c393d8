import type { Database, DeliveryReceiver } from '@sync3/batch';
import type { Reporter } from '../session/reporter.js';

/** Where `batch receive` listens when it does not say. */
const defaultPort = 4020;

/** What `batch receive` is run with. */
interface ReceiveArguments {
  webhookUrl: string;
  host: string;
  port: number | undefined;
}

/**
 * Receives deliveries for the batches of a ledger, and tells of them. Of refused requests, which
 * everyone can send, the first of each kind is told.
 *
 * @throws what `receiveDeliveries` throws.
 */
export async function receiveBatch(
  database: Database,
  { webhookUrl, host, port = defaultPort }: ReceiveArguments,
  reporter: Reporter,
): Promise<DeliveryReceiver> {
  const { receiveDeliveries } = await import('@sync3/batch');
  const toldCodes = new Set<string | undefined>();
  let deliveries = 0;
  return receiveDeliveries(database, {
    url: webhookUrl,
    host,
    port,
    onDelivery({ taskUUID, isKnown }) {
      deliveries += 1;
      reporter.tell({ event: 'delivery', taskUUID, isKnown, deliveries });
    },
    onError({ code, summary }) {
      if (toldCodes.has(code)) return;
      toldCodes.add(code);
      reporter.tell({ event: 'warning', message: `${summary} Others like it are not told.` });
    },
  });
}
