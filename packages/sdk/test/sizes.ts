/** `pnpm soak` runs the tests in the mode of this name. */
const isSoak = process.env['MODE'] === 'soak';
const size = (small: number, full: number) => (isSoak ? full : small);

/** How much the tests do whose work can be any amount: little in `npm test`, all in `pnpm soak`. */
export const sizes = {
  /**
   * Jobs of each run against a server that fails at random, when each submit is a request. Of 160 about
   * sixteen meet a conflict; of far fewer there might be none.
   */
  singleJobs: size(160, 2_000),
  /** The same when eight submits share a request. */
  sharedJobs: size(400, 2_000),
  /** Jobs whose third result fails, and jobs of which some are not valid. */
  mixedJobs: size(100, 500),
  /** Idempotency keys that four callers use at the same time. */
  sharedKeys: size(25, 100),
  /** Jobs of a client that is killed again and again. */
  crashJobs: size(40, 100),
  /** How often the client is killed at each of the worst moments. */
  crashRounds: size(1, 3),
  /** How often the client is killed at moments of chance. */
  crashKills: size(2, 5),
  /** Size of the file that is stored and fetched in little memory, in MiB, and of one beside it. */
  largeFile: size(96, 1_024),
  smallFile: size(4, 32),
  /** Waits that are aborted, and waits that run into their deadlines. */
  abortedWaits: size(1_000, 10_000),
  expiredWaits: size(1_000, 2_000),
  /** Waits that last, of whose cost each has its share. */
  lastingWaits: size(5_000, 10_000),
  /** Tasks that are compared with Ajv; each is broken in four ways. */
  tasks: size(1_000, 50_000),
  /** Groups of six tasks of every kind, of whose issues more is compared than that there are any. */
  taskGroups: size(1_000, 10_000),
  /** Texts that are compared with ajv-formats by each property. */
  texts: size(5_000, 60_000),
  /** Sequences of deliveries to a webhook handler; most have several. */
  deliveries: size(1_000, 6_000),
  /** The same over HTTP. */
  httpDeliveries: size(200, 500),
  /** Tasks that the gate of the proxy judges. */
  proxiedTasks: size(500, 6_000),
};
