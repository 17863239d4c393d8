/** What the server does. */
export interface ChaosOptions {
  seed: number;
  /** Whether requests meet faults. */
  isFaulty: boolean;
  /** Names of jobs whose first submit is accepted and never answered. */
  unanswered: string[];
}

/** What the server has seen. */
export interface ChaosReport {
  /** The taskUUIDs that were accepted (and charged) for each job, one entry for each acceptance. */
  acceptances: Record<string, string[]>;
  /** How many requests met each fault. */
  faults: Record<string, number>;
  /** Submits of a UUID in use. */
  conflicts: number;
  /** Requests that no client should send. */
  violations: string[];
  /** Requests that ended before all of them had come. */
  cutRequests: number;
  /** Requests that are neither answered nor broken off. */
  openRequests: number;
}

/** What the server tells. */
export type ChaosMessage =
  | { port: number }
  | { report: ChaosReport }
  /** The name of a job that was accepted just now. */
  | { accepted: string };
