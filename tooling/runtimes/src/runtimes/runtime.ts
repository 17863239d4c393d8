/** What became of one check. */
export interface Outcome {
  name: string;
  ok: boolean;
  error?: string;
}

/** What a run has told. */
export interface Report {
  /** What the runtime calls itself, with its version. */
  identity: string;
  outcomes: Outcome[];
}

/** What a run needs. */
export interface Surroundings {
  /** The folder where the packed packages are installed, with the suite beside them. */
  project: string;
  /** API of the mock server. */
  mockUrl: string;
  /** The key that the mock server lets in. */
  apiKey: string;
}

/** Something that runs the checks. */
export interface Runtime {
  name: string;
  identity: RegExp;
  hasFiles: boolean;
  /** What is checked from outside, beside what all runtimes check. */
  ownChecks: readonly string[];
  /** @throws {Error} it could not be started; says what to do. */
  run(surroundings: Surroundings): Promise<Report>;
}
