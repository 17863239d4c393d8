import type { FailureForm } from '../jobs/failure-form.js';

/** Which requests a fault strikes: those that hold such a task; or the webhooks that are sent. */
export type FaultTarget = 'submit' | 'poll' | 'upload' | 'any' | 'webhook';

/** One planned fault. */
export type Fault = {
  on: FaultTarget;
  /** How many requests it strikes. @default 1 */
  times?: number;
} & (
  | {
      kind:
        | 'drop-before-accept'
        | 'drop-after-accept'
        /** The body ends in its middle. */
        | 'truncated-body'
        /** 200 with an HTML page. */
        | 'malformed-body'
        /** `{"data":[]}`, as if nothing were known. */
        | 'empty-data'
        /** A row without its `taskUUID`: breaks the document, so Prism has to find it. */
        | 'broken-response';
    }
  | {
      on: 'poll' | 'any';
      /** Several `getResponse` tasks in one request are refused. */
      kind: 'array-refusal';
    }
  | {
      /** No answer; the connection stays open until `stallMs` are over. */
      kind: 'stall';
      /** @default 120_000 */
      stallMs?: number;
    }
  | {
      on: 'submit';
      /** Results of a job fail. */
      kind: 'failed-results';
      /** How many, from the first on, or which, counted from 0. @default all */
      results?: number | number[];
      /** @default 'timeoutProvider' */
      code?: string;
      /** How `getResponse` tells of it. @default as the server is set up */
      form?: FailureForm;
    }
  | {
      on: 'submit';
      /** The safety check flags results of a job, if its task asks for one. */
      kind: 'flagged-results';
      /** As for failed results. */
      results?: number | number[];
    }
  | {
      on: 'submit';
      /**
       * The time of a job is over early: the files of its results are gone (404) from the first, and
       * once its results have been told, the job is unknown and its UUID is free.
       */
      kind: 'expired-results';
    }
  | {
      kind: 'status';
      status: 401 | 402 | 403 | 404 | 429 | 500 | 503 | 504;
      /** Sent as `Retry-After`. */
      retryAfterSeconds?: number;
    }
  | {
      on: 'webhook';
      kind: /** Delivered, and once more. */
        | 'duplicate-webhook'
        /** Held back until the next webhook has been delivered, but not longer than 2 s. */
        | 'reordered-webhooks'
        /** Never sent. */
        | 'lost-webhook';
    }
);
