/**
 * After so long without a sign of life, in seconds, the items of a worker go to another. pg-boss takes
 * no less.
 */
export const heartbeatSeconds = 10;
