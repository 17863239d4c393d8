import {
  AuthenticationError,
  ConnectionError,
  InsufficientCreditsError,
  type Issue,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  Sync3Error,
  TaskFailedError,
  TaskTimeoutError,
  ValidationError,
  type VideoFailure,
} from '@sync3/sdk';
import { describeBatchError } from '../batch/describe-batch-error.js';
import { CommandError } from '../command-error.js';
import type { Ending } from '../exit-codes.js';
import type { JobOfCommand } from './job-of-command.js';

/** An error as a user needs it. */
export interface Description {
  message: string;
  /** What to do: a sentence, or a command to run. */
  next: string | undefined;
  ending: Ending;
  taskUUID?: string | undefined;
  /** The API's, or the SDK's. */
  code?: string | undefined;
  failures?: readonly VideoFailure[];
  issues?: readonly Issue[];
}

const nextSteps: Partial<Record<Ending, string>> = {
  jobFailed: 'Look at the reason and the inputs; running it again is a new job.',
  badInput: 'Correct it and run the command again; --help shows how.',
  refused: 'Check RUNWARE_API_KEY and the balance of the account.',
  network: 'Check the connection and run the command again.',
  internal: 'Run it again with --debug, and report what it prints.',
};

/** What a command failed with, the exit code it has, and what to do next. */
export function describeError(error: unknown, job?: JobOfCommand): Description {
  if (error instanceof CommandError) {
    const { message, next, ending } = error;
    return { message, next: next ?? nextSteps[ending], ending, taskUUID: job?.taskUUID };
  }
  if (!Sync3Error.is(error)) {
    const message = `An unexpected error: ${error instanceof Error ? error.message : error}`;
    // To run it again would be a new job.
    const next = job?.taskUUID && job.attachCommand(job.taskUUID);
    return { message, next: next ?? nextSteps.internal, ending: 'internal' };
  }
  const ofBatch = describeBatchError(error);
  if (ofBatch) return { ...ofBatch, next: ofBatch.next ?? nextSteps[ofBatch.ending] };
  const ending = endingOf(error);
  const { taskUUID, code, message, summary } = error;
  const facts = {
    taskUUID,
    code,
    ...(TaskFailedError.is(error) && { failures: error.failures }),
    ...(ValidationError.is(error) && { issues: error.issues }),
  };
  const mayBeCharged = job?.isAccepted || error.mayBeAccepted;
  if (!job?.taskUUID || !mayBeCharged || ending === 'jobFailed') {
    return { message, next: nextSteps[ending], ending, ...facts };
  }
  return {
    // The SDK's advice is for programs.
    message: summary,
    next: job.attachCommand(job.taskUUID),
    // Bad input means that nothing was charged.
    ending: ending === 'badInput' ? 'network' : ending,
    ...facts,
  };
}

function endingOf(error: Sync3Error): Ending {
  const isOneOf = (...types: { is(value: unknown): boolean }[]) =>
    types.some((type) => type.is(error));
  if (isOneOf(TaskFailedError)) return 'jobFailed';
  if (isOneOf(AuthenticationError, PermissionDeniedError, InsufficientCreditsError)) {
    return 'refused';
  }
  if (isOneOf(ConnectionError, RateLimitError, ServerError, TaskTimeoutError)) return 'network';
  return 'badInput';
}
