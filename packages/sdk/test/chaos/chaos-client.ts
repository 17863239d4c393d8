import { type ClientOptions, type LipsyncParams, Sync3 } from '../../src/index.js';
import { faultyQuestions, faultySubmits } from './faults.js';

/** So many that no run ever uses them up. @see chanceOfDefeat */
const maxRetries = 30;

/**
 * The probability that one of so many runs uses up its retries, about 1e-10 for 2,000: its first
 * attempt fails (0.305), and then each retry does, which first asks whether the task is known (0.105
 * fail) and then submits it (1 - 0.895 * 0.695 = 0.378).
 */
export function chanceOfDefeat(runs: number): number {
  const faultyRetries = 1 - (1 - faultyQuestions) * (1 - faultySubmits);
  return runs * faultySubmits * faultyRetries ** maxRetries;
}

/** A client in a hurry. */
export function chaosClient(baseUrl: string, options: ClientOptions = {}): Sync3 {
  const polling = { minIntervalMs: 50, maxIntervalMs: 200 };
  return new Sync3({ apiKey: 'key', baseUrl, timeoutMs: 1000, maxRetries, polling, ...options });
}

/** A job that the server knows by this name. */
export function jobNamed(name: string): LipsyncParams {
  const video = 'https://example.com/talk.mp4';
  return { inputs: { video, audio: `https://example.com/${name}.wav` } };
}
