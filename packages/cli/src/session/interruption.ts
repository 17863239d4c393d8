import { constants } from 'node:os';

/** Ctrl-C, and what else asks a process to end. A closed terminal is a SIGHUP. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How a command learns that it shall end. */
export interface Interruption {
  /** Fires at the first signal. */
  readonly signal: AbortSignal;
  /** Signals are none of its business any more. */
  leave(): void;
}

/** The first signal asks the command to end in order, the second ends the process at once. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (name: (typeof signals)[number]) => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort();
  };
  for (const name of signals) process.on(name, interrupt);
  return {
    signal: controller.signal,
    leave() {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}
