import { Account } from './account/account.js';
import { RateLimit } from './account/rate-limit.js';
import type { ApiEndpoint } from './api-endpoint.js';
import { loadContract } from './contract/contract.js';
import type { Finding } from './contract/finding.js';
import type { Controlled } from './control/control-endpoint.js';
import { Journal } from './control/journal.js';
import { Secrets } from './control/secrets.js';
import { Deliveries } from './delivery/deliveries.js';
import { Emulator } from './emulator.js';
import { Chaos } from './faults/chaos.js';
import { FaultPlan } from './faults/fault-plan.js';
import { type Deviation, Deviations } from './gateway/deviations.js';
import { Gateway } from './gateway/gateway.js';
import type { Job } from './jobs/job.js';
import { JobStore } from './jobs/job-store.js';
import { createMediaReader } from './media/media-reader.js';
import type { Settings } from './options.js';
import { Outbound } from './outbound.js';
import { Recorder } from './records/recorder.js';
import { Replay } from './records/replay.js';
import { sweepRegularly } from './retention.js';
import { countOutcomes, createStats, type MockStats } from './stats.js';
import { MediaStore } from './storage/media-store.js';
import type { StoredFile } from './storage/stored-file.js';

/** What a test reads of a mock server, however it is reached. */
export interface MockState {
  /** Every job, in the order of acceptance. */
  readonly tasks: readonly Job[];
  /** What was counted since the start. */
  readonly stats: Readonly<MockStats>;
  /** USD that are left, without what jobs under way may cost; `undefined` without a limit. */
  readonly balance: number | undefined;
  /** What responses of the mock server broke in the document; should stay empty. */
  readonly violations: readonly Finding[];
  /** In what messages between an application and `upstream` differ from the document. */
  readonly deviations: readonly Deviation[];
  /** Faults to come. */
  readonly faults: FaultPlan;
}

/** A server without a port: what answers, and all that it keeps. */
export interface ServerCore {
  readonly api: ApiEndpoint;
  readonly media: MediaStore;
  /** What the endpoints under `/__mock/` show and change. */
  readonly controlled: Controlled;
  readonly state: MockState;
  /** Ends all that is under way, and removes all files. */
  close(): Promise<void>;
}

/**
 * Makes all of a server but its port.
 *
 * @param urlOf where a stored file is served.
 * @throws {Error} a schema of the document does not compile, or a folder cannot be used.
 */
export async function openCore(
  settings: Settings,
  urlOf: (file: StoredFile) => string,
): Promise<ServerCore> {
  const { profile, now, retentionMs, allowOutbound, apiKeys, readOnlyApiKeys } = settings;
  const { upstream, record, replay, chaos, seed, balance } = settings;
  const { check, toErrors, fieldsOf } = await loadContract();
  const secrets = new Secrets([...(apiKeys ?? []), ...readOnlyApiKeys]);
  const gateway = upstream === undefined ? undefined : new Gateway(upstream);
  const records = replay === undefined ? undefined : await Replay.open(replay);
  const recorder = record === undefined ? undefined : await Recorder.open(record, secrets);
  const outbound = new Outbound(allowOutbound);
  const media = await MediaStore.open({ outbound, retentionMs, now });
  const durationMs = settings.jobDurationMs;
  const jobs = new JobStore({ media, profile, durationMs, seed, retentionMs, now });
  const reader = createMediaReader();
  const stats = createStats();
  countOutcomes(stats, jobs);
  const account = new Account(balance, profile.failedResults);
  account.follow(jobs);
  const endSweeping = sweepRegularly(retentionMs, jobs, media);
  const faults = new FaultPlan(chaos > 0 ? new Chaos(chaos, seed) : undefined);
  const deliveries = new Deliveries({ outbound, profile, urlOf, faults, stats, now });
  jobs.events.on('settled', (job, result) => deliveries.begin(job, result));
  const violations: Finding[] = [];
  const journal = new Journal(secrets, now);
  const deviations = new Deviations(secrets, now);
  const emulator = new Emulator({
    world: { jobs, media, reader, account, stats, profile, urlOf },
    keys: { apiKeys, readOnlyApiKeys },
    rateLimit: new RateLimit(settings.rateLimit, now),
    toErrors,
  });
  const told = { faults, stats, violations, deviations, journal };
  return {
    api: {
      ...told,
      maxBodyBytes: settings.maxBodyBytes,
      check,
      fieldsOf,
      answerer: gateway ?? records ?? emulator,
      recorder,
      profile,
    },
    media,
    controlled: { ...told, jobs, media, secrets, urlOf, allowOutbound },
    state: {
      get tasks() {
        return jobs.all;
      },
      stats,
      get balance() {
        return account.balance;
      },
      violations,
      get deviations() {
        return deviations.all;
      },
      faults,
    },
    async close() {
      gateway?.close();
      // Downloads first, or a job would wait for its inputs.
      media.abort();
      await deliveries.close();
      // Both at once, for a damaged input can take each of them seconds to give up.
      await Promise.all([reader.close(), jobs.close()]);
      await endSweeping();
      await media.close();
      await recorder?.close();
    },
  };
}

/** An object with the state beside its own properties, which stays as current as it is. */
export function withState<Own extends object>(own: Own, state: MockState): Own & MockState {
  return Object.defineProperties(own, Object.getOwnPropertyDescriptors(state)) as Own & MockState;
}
