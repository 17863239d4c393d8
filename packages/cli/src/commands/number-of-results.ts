import type { LipsyncParams } from '@sync3/sdk';

/** How many results a job is asked for; what is no such number is found by the rules of the SDK. */
export function numberOfResults({ numberResults }: LipsyncParams): number {
  const isSensible = Number.isInteger(numberResults) && Number(numberResults) > 1;
  return isSensible ? Math.min(Number(numberResults), 20) : 1;
}
