/** How a mock server is set up. */
export interface MockServerOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. @default 0 */
  port?: number;
  /** The keys that are let in. @default every key that is not empty */
  apiKeys?: string[];
  /** How long a result takes, in ms: a number, or bounds to choose between. @default [200, 400] */
  jobDurationMs?: number | [shortest: number, longest: number];
  /** Makes durations and seeds repeatable. @default 1 */
  seed?: number;
  /** Largest request body, in bytes; a larger one is refused. @default 134_217_728 (128 MiB) */
  maxBodyBytes?: number;
  /**
   * Whether media may be fetched from hosts other than this machine. @default false
   */
  allowOutbound?: boolean;
}

/** The options with every default filled in. */
export interface Settings {
  port: number;
  apiKeys: string[] | undefined;
  jobDurationMs: [shortest: number, longest: number];
  seed: number;
  maxBodyBytes: number;
  allowOutbound: boolean;
}

/** @throws {Error} a duration or a size makes no sense. */
export function resolveOptions(options: MockServerOptions): Settings {
  const { jobDurationMs = [200, 400], maxBodyBytes = 128 * 1024 * 1024 } = options;
  const [shortest, longest = shortest] = [jobDurationMs].flat();
  if (!isAmount(shortest) || !isAmount(longest) || longest < shortest) {
    throw new Error(`jobDurationMs must be a number, or two in order, not ${jobDurationMs}.`);
  }
  if (!isAmount(maxBodyBytes)) throw new Error(`maxBodyBytes must be a number of bytes.`);
  return {
    port: options.port ?? 0,
    apiKeys: options.apiKeys,
    jobDurationMs: [shortest, longest],
    seed: options.seed ?? 1,
    maxBodyBytes,
    allowOutbound: options.allowOutbound ?? false,
  };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isSafeInteger(value);
}
