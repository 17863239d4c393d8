/** Uses everything that the mock server exports. */
import {
  type ApplicationContract,
  type AudioFacts,
  type Break,
  type CheckOptions,
  checkContract,
  type Deviation,
  distilContract,
  examineRecords,
  type Failure,
  type FailureForm,
  type Fault,
  type FaultPlan,
  type FaultTarget,
  type Finding,
  type FinishedVideo,
  inspectMedia,
  type Job,
  type JobResult,
  type MediaFacts,
  type MockServer,
  type MockServerOptions,
  type MockStats,
  type Outcome,
  type Profile,
  type ProfileName,
  type Promised,
  profileFrom,
  profileNames,
  type Question,
  questions,
  type RateLimitOptions,
  type RecordedAnswer,
  type RecordedRequest,
  type RunBesideOptions,
  type RunBesideServer,
  type RunningResults,
  readProfile,
  runBesideServer,
  startMockServer,
  type TimelineEvent,
  type VideoFacts,
  type WebhookPayload,
} from '@sync3/mock-server';
import { type MockHandlers, type MockHandlersOptions, mockHandlers } from '@sync3/mock-server/msw';
import { createTest, type MockServerFixture, test } from '@sync3/mock-server/vitest';

const failureForm: FailureForm = 'errors';
const runningResults: RunningResults = 'hidden';
const webhookPayload: WebhookPayload = 'enveloped';
const rateLimit: RateLimitOptions = { requests: 10, perMs: 1_000 };
const options: MockServerOptions = {
  port: 0,
  apiKeys: ['key'],
  readOnlyApiKeys: ['reader'],
  jobDurationMs: [200, 400],
  seed: 1,
  chaos: 0.1,
  balance: 10,
  rateLimit,
  failureForm,
  runningResults,
  host: '127.0.0.1',
  allowedHosts: ['mock.test'],
  webhookPayload,
  allowOutbound: false,
  maxBodyBytes: 1_000_000,
  requestTimeoutMs: 5_000,
  retentionMs: 60_000,
  socketIdleMs: 60_000,
  profile: 'worst-case',
  record: './exchanges',
  now: () => Date.now(),
};
const target: FaultTarget = 'submit';
const faults: Fault[] = [
  { on: target, times: 2, kind: 'drop-after-accept' },
  { on: 'poll', kind: 'stall', stallMs: 100 },
  { on: 'poll', kind: 'status', status: 429, retryAfterSeconds: 1 },
  { on: 'submit', kind: 'failed-results', results: [0], code: 'timeoutProvider', form: 'row' },
  { on: 'submit', kind: 'flagged-results', results: 1 },
  { on: 'any', kind: 'malformed-body' },
  { on: 'webhook', kind: 'duplicate-webhook' },
];

export async function watch(): Promise<string[]> {
  const mock: MockServer = await startMockServer(options);
  const plan: FaultPlan = mock.faults;
  for (const fault of faults) plan.add(fault);
  const planned = plan.planned.length;
  plan.clear();
  const stats: MockStats = mock.stats;
  const violations = mock.violations.map(
    ({ path, keyword, message }: Finding) => `${path.join('/')} ${keyword}: ${message}`,
  );
  const lines = mock.tasks.flatMap(describeJob);
  await mock.close();
  return [mock.url, `${mock.balance ?? 0} ${planned} ${stats.charged}`, ...violations, ...lines];
}

function describeJob({ taskUUID, state, charges, polls, results, timeline }: Job): string[] {
  const events = timeline.map(
    ({ at, event, status = 0, message = '' }: TimelineEvent) =>
      `${at} ${event} ${status} ${message}`,
  );
  return [`${taskUUID} ${state} ${charges} ${polls}`, ...results.map(describeResult), ...events];
}

function describeResult({ videoUUID, seed, readyAt, outcome }: JobResult): string {
  return `${videoUUID} ${seed} ${readyAt} ${outcome ? describeOutcome(outcome) : 'pending'}`;
}

function describeOutcome(outcome: Outcome): string {
  if ('code' in outcome) {
    const { code, message }: Failure = outcome;
    return `${code}: ${message}`;
  }
  const { durationSeconds, cost, isFlagged = false, file }: FinishedVideo = outcome;
  return `${file.path} ${durationSeconds} ${cost} ${isFlagged}`;
}

export async function measure(path: string): Promise<number> {
  const { container, durationSeconds, video, audio }: MediaFacts = await inspectMedia(path);
  const picture: VideoFacts | null = video;
  const sound: AudioFacts | null = audio;
  const area = (picture?.width ?? 0) * (picture?.height ?? 0) * (picture?.frameCount ?? 0);
  return container.length + durationSeconds + area + (sound?.sampleRate ?? 0);
}

const own = createTest({ chaos: 0 });
own('a test of its own', ({ mock }: MockServerFixture) => mock.url);
test('the test of the project', async ({ mock }) => {
  const { submits }: Readonly<MockStats> = mock.stats;
  return void submits;
});

export function answersOf(name: ProfileName): string[] {
  const profile: Profile = readProfile(name);
  const given: ProfileName | Partial<Profile> = profileFrom('./observed.json');
  const asked: Question<string | number>[] = Object.values(questions);
  const names: readonly ProfileName[] = profileNames;
  const texts = asked.map(({ question, answers, touches }) => [question, answers, touches].join());
  return [profile.unknownTask, ...names, ...texts, JSON.stringify(given)];
}

export async function contractOf(command: string[], signal: AbortSignal): Promise<string[]> {
  const run: RunBesideOptions = { command, server: { seed: 1 }, signal };
  const contract: ApplicationContract = await runBesideServer(run, ({ records }: RunBesideServer) =>
    distilContract(records),
  );
  const check: CheckOptions = { document: new URL('file:///newer.json'), profile: 'observed' };
  const breaks: Break[] = await checkContract(contract, check);
  const deviations: Deviation[] = await examineRecords(['./exchanges']);
  const requests = contract.requests.map(({ taskType }: RecordedRequest) => taskType);
  const answers = contract.answers.flatMap(({ side, fields }: RecordedAnswer) =>
    Object.values(fields).map((promised: Promised) => `${side} ${promised}`),
  );
  return [
    ...requests,
    ...answers,
    ...breaks.map(({ pointer, today, newly }) => `${pointer} ${today} ${newly}`),
    ...deviations.map(({ kind, pointer, count }) => `${kind} ${pointer} ${count}`),
  ];
}

export async function intercept(): Promise<number> {
  const handlersOptions: MockHandlersOptions = { baseUrl: 'https://api.runware.ai/v1', balance: 1 };
  const mock: MockHandlers = await mockHandlers(handlersOptions);
  const count = mock.handlers.length + mock.stats.charged + mock.deviations.length;
  await mock.close();
  return count;
}
