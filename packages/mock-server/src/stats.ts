/** What a mock server has counted since it started. */
export interface MockStats {
  /** POSTs to the API. */
  requests: number;
  /** `videoInference` tasks that were asked for, accepted or not. */
  submits: number;
  /** `getResponse` tasks. */
  polls: number;
  /** Submits refused because their UUID was in use. */
  conflicts: number;
  /** Jobs that were accepted, and so paid for. */
  charged: number;
  /** Webhooks delivered: 0 until the emulator sends any. */
  webhooks: number;
  /** Files stored. */
  uploads: number;
  /** Responses that broke the document: faults of the mock server. */
  violations: number;
}

export function createStats(): MockStats {
  return {
    requests: 0,
    submits: 0,
    polls: 0,
    conflicts: 0,
    charged: 0,
    webhooks: 0,
    uploads: 0,
    violations: 0,
  };
}
