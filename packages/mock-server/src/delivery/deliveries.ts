import { setMaxListeners } from 'node:events';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { Job, JobResult } from '../jobs/job.js';
import { type Outbound, OutboundRefused, reasonOf } from '../outbound.js';
import type { Profile } from '../profile/profile.js';
import { Slots } from '../slots.js';
import type { MockStats } from '../stats.js';
import type { StoredFile } from '../storage/stored-file.js';
import { HeldBack } from './held-back.js';
import { retry } from './retry.js';
import { postPayload, putFile } from './send.js';
import { webhookPayload } from './webhook-payload.js';

/** Requests under way at the same time; more would only wait in the receiver's queue. */
const mostAtOnce = 128;

/** Where a task wants its results, as far as the document still lets it say so. */
interface Addresses {
  webhookURL?: string | undefined;
  uploadEndpoint?: string | undefined;
}

/** What deliveries need of the server. */
export interface DeliveriesOptions {
  outbound: Outbound;
  profile: Pick<Profile, 'webhookPayload' | 'failureWebhooks'>;
  urlOf: (file: StoredFile) => string;
  faults: FaultPlan;
  stats: MockStats;
  now: () => number;
}

/**
 * Brings finished results to where their tasks want them: a webhook and an upload for each. A task
 * is not changed by what comes of it: the timeline of its job tells.
 */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #slots = new Slots(mostAtOnce);
  readonly #heldBack = new HeldBack();
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: DeliveriesOptions) {
    this.#options = options;
    // Each request under way listens, and Node 20 warns of more than ten.
    setMaxListeners(0, this.#closing.signal);
  }

  /**
   * Begins with the deliveries of a result that has come to its end. Neither waits for the other:
   * a webhook can come before its upload is complete. With several results the one URL of the
   * upload is written once for each, and the last one stays, as at Runware. The rows keep their
   * `videoURL`; whether they do at Runware is not documented.
   */
  begin(job: Job, result: JobResult): void {
    if (this.#closing.signal.aborted) return;
    const { webhookURL, uploadEndpoint }: Addresses = job.task;
    const isFailure = result.outcome !== undefined && 'code' in result.outcome;
    const isTold = !isFailure || this.#options.profile.failureWebhooks === 'sent';
    if (webhookURL && isTold) this.#follow(this.#sendWebhook(webhookURL, job, result));
    if (uploadEndpoint) this.#follow(this.#upload(uploadEndpoint, job, result));
  }

  /** Ends all that is under way; nothing is left running afterwards. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#heldBack.releaseAll();
    await Promise.all(this.#underWay);
  }

  #follow(delivery: Promise<void>): void {
    this.#underWay.add(delivery);
    void delivery.finally(() => this.#underWay.delete(delivery));
  }

  async #sendWebhook(url: string, job: Job, result: JobResult): Promise<void> {
    const { outbound, profile, urlOf, faults, stats, now } = this.#options;
    const { signal } = this.#closing;
    // Written now: later the row may say something else.
    const body = webhookPayload(profile.webhookPayload, job, result, urlOf);
    const fault = faults.takeForWebhook()?.kind;
    if (fault === 'lost-webhook') {
      const message = 'A planned fault lost it; it was never sent.';
      job.note('webhook-failed', now(), { videoUUID: result.videoUUID, message });
      return;
    }
    if (fault === 'reordered-webhooks') await this.#heldBack.hold();
    const post = () => postPayload(outbound, url, body, signal);
    const isDelivered = await this.#deliver('webhook', post, job, result);
    if (isDelivered) stats.webhooks += 1;
    if (isDelivered && fault === 'duplicate-webhook') {
      await this.#deliver('webhook', post, job, result);
    }
    this.#heldBack.releaseAll();
  }

  async #upload(url: string, job: Job, result: JobResult): Promise<void> {
    const { outcome } = result;
    if (!outcome || 'code' in outcome) return;
    const put = () => putFile(this.#options.outbound, url, outcome.file, this.#closing.signal);
    await this.#deliver('upload', put, job, result);
  }

  /** Sends until it is accepted, and notes it all. @returns whether it was. */
  async #deliver(
    what: 'webhook' | 'upload',
    send: () => Promise<number>,
    job: Job,
    { videoUUID }: JobResult,
  ): Promise<boolean> {
    const { now } = this.#options;
    const { signal } = this.#closing;
    const attempt = async () => {
      let status: number;
      try {
        status = await send();
      } catch (error) {
        const isSent = !signal.aborted && !(error instanceof OutboundRefused);
        const message = reasonOf(error);
        if (isSent) job.note(`${what}-attempt`, now(), { videoUUID, message });
        throw error;
      }
      job.note(`${what}-attempt`, now(), { videoUUID, status });
      if (status < 200 || status > 299) throw new Error(`it was answered HTTP ${status}`);
    };
    try {
      await retry(() => this.#slots.run(attempt), signal);
      job.note(`${what}-delivered`, now(), { videoUUID });
      return true;
    } catch (error) {
      if (!signal.aborted)
        job.note(`${what}-failed`, now(), { videoUUID, message: reasonOf(error) });
      return false;
    }
  }
}
