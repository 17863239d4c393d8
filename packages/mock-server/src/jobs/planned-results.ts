import type { Fault } from '../faults/fault.js';
import type { FailureForm } from './failure-form.js';

/** A reason why a result failed. */
export interface Failure {
  /** The API's word for it, such as `timeoutProvider`. */
  code: string;
  /** For people. */
  message: string;
  /** What the provider of the model said about it. */
  responseContent?: string;
}

/** What is decided about a job's results before it begins. Results are counted from 0. */
export interface PlannedResults {
  failing: ReadonlySet<number>;
  failure: Failure;
  /** `undefined`: as the server is set up. */
  form: FailureForm | undefined;
  /** Those that the safety check flags, when the task asks for one. */
  flagged: ReadonlySet<number>;
  /** Whether their files are gone at once, and the job as soon as its results have been told. */
  isExpired?: boolean;
}

const messages: Record<string, string> = {
  timeoutProvider: 'The provider did not answer in time.',
  nsfwContentDetected: 'The safety check flagged the video.',
};

/** Reads from a fault what becomes of a job's results; without one of that kind, all goes well. */
export function planResults(fault: Fault | undefined, numberResults: number): PlannedResults {
  const all = Array.from({ length: numberResults }, (_, index) => index);
  const struckBy = (kind: 'failed-results' | 'flagged-results') => {
    if (fault?.kind !== kind) return new Set<number>();
    const { results = all } = fault;
    return new Set(typeof results === 'number' ? all.slice(0, results) : results);
  };
  const { code = 'timeoutProvider', form } = fault?.kind === 'failed-results' ? fault : {};
  const message = messages[code] ?? 'A planned fault of the mock server.';
  const responseContent = 'No provider was asked: the failure was planned in the mock server.';
  return {
    failing: struckBy('failed-results'),
    failure: { code, message, responseContent },
    form,
    flagged: struckBy('flagged-results'),
    isExpired: fault?.kind === 'expired-results',
  };
}
