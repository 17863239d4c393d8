import { parameters } from '@sync3/generated/parameters';
import { findParameter } from '../parameters/path-names.js';

/** How many results a job is asked for; what is no such number is found by the rules of the SDK. */
export function numberOfResults(params: object): number {
  const { numberResults } = params as { numberResults?: unknown };
  const { maximum = Infinity } = findParameter(parameters, ['numberResults']) ?? {};
  const isSensible = Number.isInteger(numberResults) && Number(numberResults) > 1;
  return isSensible ? Math.min(Number(numberResults), maximum) : 1;
}
