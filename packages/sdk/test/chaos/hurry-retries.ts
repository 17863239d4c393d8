import { afterEach, beforeEach, vi } from 'vitest';

/**
 * A retry waits at random between nothing and a bound of up to 8 s. Here chance always picks from the
 * lowest tenth.
 */
export function hurryRetries(): void {
  const { random } = Math;
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockImplementation(() => random() / 10);
  });
  afterEach(() => vi.restoreAllMocks());
}
