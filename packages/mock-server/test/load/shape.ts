/** What is asked of the server under load. */
export interface LoadShape {
  tasks: number;
  resultsPerTask: number;
  /** Submits and polls together, evenly spread. */
  requestsPerSecond: number;
  /** Requests that may wait for an answer at once, whatever the rate. @default Infinity */
  requestsAtOnce?: number;
  /** Jobs submitted per second; with `resultsPerTask` it makes the webhooks per second. */
  submitsPerSecond: number;
  /** Every so many jobs, one that has to fail: its video does not exist. */
  failingEvery: number;
  /** How long a result takes. */
  jobDurationMs: [shortest: number, longest: number];
}

/** What the client saw. */
export interface ClientReport {
  submitted: number;
  /** Submits that were acknowledged. */
  accepted: number;
  /** Requests that were not answered with 200, by what they were answered with. */
  refused: Record<string, number>;
  /** From the moment a request was due to the end of its answer, in ms, unsorted. */
  latenciesMs: number[];
  /** How late a request was sent, in ms: the client's own fault. The last of it at most. */
  mostLateMs: number;
  requestsPerSecond: number;
  webhooks: {
    received: number;
    /** Results that a webhook told of: videos by their UUID, failures by their task. */
    videos: number;
    failures: number;
    /** Webhooks for a video that had come before. */
    repeated: number;
    perSecond: number;
  };
  /** Jobs by the state of their rows in a last poll. */
  states: { success: number; error: number; processing: number };
}

/** The memory of the server process, in bytes. */
export interface Memory {
  /** Since the server was started, in ms. */
  at: number;
  rss: number;
  heapUsed: number;
}

/** What the server says of itself. */
export interface ServerReport {
  stats: Record<string, number>;
  violations: number;
  /** Jobs by their state. */
  states: { success: number; error: number; processing: number };
  /** Of the event loop, in ms. */
  loopDelay: { p99: number; max: number };
  /** Processor time of all its threads, in ms, with that of rendering. */
  processorMs: number;
  /** Share of the time in which the event loop had something to do. */
  loopUtilization: number;
}
