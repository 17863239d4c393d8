/** Uses everything that the main entry exports. */
import {
  AbortError,
  ApiError,
  type AttachOptions,
  AuthenticationError,
  type BeforeSubmit,
  type ClientOptions,
  type CodeMeaning,
  ConflictError,
  ConnectionError,
  type DescribedFailure,
  describeFailure,
  type Estimate,
  type EstimateOptions,
  type Hooks,
  InsufficientCreditsError,
  type Issue,
  isPassing,
  type Lipsync,
  type LipsyncFromSegments,
  type LipsyncFromText,
  type LipsyncFromVoice,
  type LipsyncParams,
  type LipsyncResult,
  type Media,
  type MediaSource,
  meaningOf,
  type Outcome,
  PermissionDeniedError,
  type PollingOptions,
  RateLimitError,
  type RequestEvent,
  type RequestOptions,
  type RunAllOptions,
  type RunOptions,
  type SegmentParams,
  ServerError,
  type StoredMedia,
  type SubmitOptions,
  Sync3,
  Sync3Error,
  type Task,
  type TaskDetails,
  TaskFailedError,
  type TaskName,
  type TaskSnapshot,
  type Tasks,
  TaskTimeoutError,
  TimeoutError,
  type UploadOptions,
  ValidationError,
  type Video,
  type VideoFailure,
  validateTask,
  type WaitOptions,
  type WarningEvent,
} from '@sync3/sdk';

const seen: { requests: RequestEvent[]; warnings: WarningEvent[]; polled: TaskName[] } = {
  requests: [],
  warnings: [],
  polled: [],
};

const hooks: Hooks = {
  onRequest: (event) => seen.requests.push(event),
  onResponse: ({ status, durationMs }) => status + durationMs,
  onRetry: ({ taskUUID = 'none', retry, delayMs, error }) =>
    `${taskUUID}: ${retry} after ${delayMs} ms, because ${error.message}`,
  onPoll: ({ tasks }) => seen.polled.push(...tasks),
  onWarning: (event) => seen.warnings.push(event),
};
const polling: PollingOptions = {
  minIntervalMs: 500,
  maxIntervalMs: 5_000,
  timeoutMs: 60_000,
  batchSize: 10,
};
const beforeSubmit: BeforeSubmit = async ({ taskUUID, task }) => [taskUUID, task.model];
const clientOptions: ClientOptions = {
  apiKey: async () => 'key',
  baseUrl: new URL('https://api.runware.ai/v1'),
  auth: 'task',
  timeoutMs: 1_000,
  maxRetries: 2,
  fetch: (input, init) => fetch(input, init),
  headers: { 'X-Trace': '1' },
  polling,
  hooks,
  beforeSubmit,
};
export const clients = [new Sync3(), new Sync3(clientOptions), new Sync3({ apiKey: undefined })];
export const sync3 = new Sync3({ apiKey: 'key', headers: new Headers({ 'X-Trace': '2' }) });

const video: MediaSource = 'https://example.com/talk.mp4';
const audio: MediaSource = new Blob(['RIFF'], { type: 'audio/wav' });
const segment: SegmentParams = { startTime: 0, endTime: 1.5, audio: new URL('https://a.example/') };
const fromVoice: LipsyncFromVoice = {
  inputs: { video, audio },
  settings: { syncMode: 'remap', activeSpeakerDetection: { coordinates: [1, 2], frameNumber: 0 } },
  numberResults: 2,
  includeCost: true,
  webhookURL: new URL('https://app.example/hook'),
};
const fromText: LipsyncFromText = {
  inputs: { video },
  speech: { text: 'Good evening.' },
  settings: { tts: { provider: 'elevenlabs', stability: 0.5 } },
};
const fromSegments: LipsyncFromSegments = { inputs: { video }, settings: { segments: [segment] } };
const jobs: LipsyncParams[] = [fromVoice, fromText, fromSegments];

const lipsync: Lipsync = sync3.lipsync;
const tasks: Tasks = sync3.tasks;
const media: Media = sync3.media;
const requestOptions: RequestOptions = { signal: AbortSignal.timeout(1_000), timeoutMs: 500 };

export async function runOne(): Promise<[string, number | undefined, VideoFailure[]]> {
  const options: RunOptions = {
    idempotencyKey: 'order 7',
    signal: new AbortController().signal,
    timeoutMs: 1_000,
    onUpdate: ({ status, progress = 0 }) => `${status} ${progress}`,
    onUpload: ({ sentBytes, totalBytes }) => sentBytes / totalBytes,
  };
  const result: LipsyncResult = await lipsync.run(fromVoice, options);
  const [first]: readonly Video[] = result.videos;
  return [first?.url ?? result.taskUUID, first?.cost, [...result.failures]];
}

export async function runStepByStep(): Promise<TaskSnapshot | undefined> {
  const submitOptions: SubmitOptions = { ...requestOptions, idempotencyKey: 'order 8' };
  const task: Task = await lipsync.submit(fromText, submitOptions);
  const attachOptions: AttachOptions = { expectedResults: task.expectedResults };
  const same = tasks.attach(task.taskUUID, attachOptions);
  let last: TaskSnapshot | undefined;
  for await (const snapshot of same) last = snapshot;
  const waitOptions: WaitOptions = { timeoutMs: 1_000, onUpdate: () => {} };
  await task.wait(waitOptions);
  const details: TaskDetails = await tasks.details(task.taskUUID, requestOptions);
  const kept = [details.request.length, details.response['data']];
  return kept.length > 0 ? last : tasks.status(task.taskUUID, requestOptions);
}

export async function runMany(): Promise<string[]> {
  const options: RunAllOptions = { concurrency: 3, timeoutMs: 1_000 };
  const lines: string[] = [];
  for await (const outcome of lipsync.runAll(jobs, options)) {
    const { index, params }: Outcome<LipsyncParams> = outcome;
    lines.push(`${index} ${params.inputs.video}`);
    if (outcome.ok) lines.push(outcome.result.taskUUID);
    else lines.push(explain(outcome.error));
  }
  return lines;
}

export async function store(file: File): Promise<StoredMedia> {
  const options: UploadOptions = { ...requestOptions, onProgress: ({ sentBytes }) => sentBytes };
  const stored = await media.upload(file, options);
  await media.delete(stored.mediaUUID, requestOptions);
  return stored;
}

export async function price(): Promise<number | undefined> {
  const options: EstimateOptions = requestOptions;
  const { cost, rows }: Estimate = await lipsync.estimate(fromSegments, options);
  return rows.length > 0 ? cost : undefined;
}

export function check(): string[] {
  const issues: Issue[] = [...lipsync.validate(fromVoice), ...validateTask({ taskType: 'other' })];
  return issues.map(({ rule, path, message, severity, origin }) =>
    [rule, path, message, severity, origin].join(),
  );
}

/** Each guard narrows to its own class. */
export function explain(error: unknown): string {
  if (ValidationError.is(error)) return error.issues.map(({ message }) => message).join();
  if (AuthenticationError.is(error)) return error.raw;
  if (InsufficientCreditsError.is(error)) return `${error.status}`;
  if (PermissionDeniedError.is(error)) return error.parameter ?? '';
  if (ConflictError.is(error)) return error.sameRequest ? error.taskUUID : 'another request';
  if (RateLimitError.is(error)) return error.code ?? '';
  if (ServerError.is(error)) return `${error.retryable}`;
  if (ApiError.is(error)) return error.errors.map(({ code }) => code).join();
  if (TaskFailedError.is(error)) return error.failures.map(({ message }) => message).join();
  if (TaskTimeoutError.is(error)) return `${error.snapshot.pending}`;
  if (TimeoutError.is(error)) return error.message;
  if (ConnectionError.is(error)) return `${error.cause}`;
  if (AbortError.is(error)) return error.taskUUID ?? '';
  return Sync3Error.is(error) ? error.name : 'not ours';
}

/** What became of a job, by the meaning of its failure's code. */
export function isWorthAnotherTry({ code }: VideoFailure): boolean {
  const meaning: CodeMeaning = meaningOf(code);
  return isPassing(meaning);
}

/** Failed results for a log, a line each. */
export function failuresInWords(failures: readonly DescribedFailure[]): string {
  return failures.map((failure) => describeFailure(failure)).join('\n');
}
