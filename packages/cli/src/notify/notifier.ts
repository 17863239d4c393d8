import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, WorkEvent } from '@sync3/batch';
import type { NotifyArguments } from '../batch/monitor-options.js';
import { CommandError } from '../command-error.js';
import type { Reporter } from '../session/reporter.js';
import { faultOfAddress } from './address.js';
import type { Notification } from './notification.js';
import { sendToCommand } from './send-to-command.js';
import { sendToUrl } from './send-to-url.js';

/** What a notifier works with. */
interface NotifierSettings {
  database: Database;
  reporter: Reporter;
  /** Name of the batch. */
  batch: string;
}

/** How long the figures of the batch are waited for, in ms: the ledger may be what has failed. */
const patienceMs = 5_000;

type Recipient = readonly [name: string, send: (json: string) => Promise<void>];

/**
 * Tells a command and an address what a person would want to know of a batch. What goes wrong with that is
 * told in one line, and changes nothing of the work.
 */
export class Notifier {
  readonly #settings: NotifierSettings;
  readonly #recipients: readonly Recipient[];
  /** Events that the end of the work repeats. */
  readonly #told = new Set<Notification['event']>();
  /** One after another, as they happened. */
  #sending: Promise<void> = Promise.resolve();

  /** @throws {CommandError} the address is none. */
  constructor(options: Partial<NotifyArguments>, settings: NotifierSettings) {
    this.#settings = settings;
    this.#recipients = recipientsOf(options);
  }

  /** Takes what the work tells. */
  readonly onEvent = (event: WorkEvent): void => {
    if (event.event === 'released') this.#told.delete('held');
    if (event.event === 'held' || event.event === 'budget') this.tell({ event: event.event });
  };

  /** Tells everybody; an event that they know already is not told again. */
  tell(news: Pick<Notification, 'event' | 'error'>): void {
    if (this.#recipients.length === 0 || this.#told.has(news.event)) return;
    this.#told.add(news.event);
    const at = new Date().toISOString();
    this.#sending = this.#sending.then(() => this.#send(news, at));
  }

  /** Resolves when all was sent, or could not be. */
  settled(): Promise<void> {
    return this.#sending;
  }

  async #send(news: Pick<Notification, 'event' | 'error'>, at: string): Promise<void> {
    const { batch, reporter } = this.#settings;
    const facts = await Promise.race([this.#facts().catch(() => ({})), nothing()]);
    const json = JSON.stringify({ ...news, batch, at, ...facts } satisfies Notification);
    await Promise.all(
      this.#recipients.map(async ([name, send]) => {
        try {
          await send(json);
        } catch (error) {
          const message = `${name} was not told that the batch is "${news.event}": ${(error as Error).message}`;
          reporter.tell({ event: 'warning', message });
        }
      }),
    );
  }

  async #facts(): Promise<Partial<Notification>> {
    const { database, batch } = this.#settings;
    const { countItems, readStanding } = await import('@sync3/batch');
    const { total, byState } = await countItems(database, batch);
    const { costs, held } = await readStanding(database, batch);
    return { items: total, states: byState, costs, held };
  }
}

async function nothing(): Promise<Partial<Notification>> {
  await sleep(patienceMs, undefined, { ref: false });
  return {};
}

function recipientsOf({ notifyCommand, notifyUrl }: Partial<NotifyArguments>): Recipient[] {
  const url = notifyUrl ?? process.env['SYNC3_NOTIFY_URL'];
  const fault = url ? faultOfAddress(url) : undefined;
  if (fault) throw new CommandError(`SYNC3_NOTIFY_URL ${fault}`);
  return [
    ...(notifyCommand
      ? ([['--notify-command', (json) => sendToCommand(notifyCommand, json)]] satisfies Recipient[])
      : []),
    ...(url ? ([['--notify-url', (json) => sendToUrl(url, json)]] satisfies Recipient[]) : []),
  ];
}
