import type { MessagePort } from 'node:worker_threads';

/** Longest wait, in milliseconds; native work takes a few milliseconds to come to its end. */
const LONGEST_WAIT = 5000;

/**
 * Resolves when a worker thread has nothing left to do but to listen to its port.
 *
 * A decoder that is no longer needed still has a packet or two in its native threads, and offers no
 * way to wait for them. When they come back to a thread that is being torn down, Node aborts the
 * whole process. A thread's event loop that would end by itself has none of them.
 *
 * @param port - the port that keeps the thread alive
 */
export function nativeWorkDone(port: MessagePort): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      process.off('beforeExit', finish);
      port.ref();
      resolve();
    };
    const timer = setTimeout(finish, LONGEST_WAIT).unref();
    process.once('beforeExit', finish);
    port.unref();
  });
}
