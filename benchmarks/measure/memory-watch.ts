import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const sampleEveryMs = 50;

/** Memory of this process above its idle state. */
export interface MemoryWatch {
  /** @returns the peak since the start of the watch, in bytes above idle. */
  stop(): number;
}

/**
 * Brings the process to rest, takes its memory as idle, and watches it from then on. Needs
 * `--expose-gc`.
 */
export async function watchMemory(): Promise<MemoryWatch> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    // Sockets and finalizers need a turn of the event loop to let go of their memory.
    await setTimeout(100);
  }
  const idle = process.memoryUsage.rss();
  const peak = forgetPeak() ? kernelPeak : samplePeak();
  return { stop: () => Math.max(peak() - idle, 0) };
}

/** Makes the kernel forget the highest RSS so far. @returns whether it can (Linux, `proc(5)`). */
function forgetPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}

/** The highest RSS, in bytes, as the kernel has seen it. Costs the process nothing meanwhile. */
function kernelPeak(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** The highest RSS of many looks. They cost CPU time: about 0.2 s in 45 s. */
function samplePeak(): () => number {
  let highest = 0;
  const look = () => {
    highest = Math.max(highest, process.memoryUsage.rss());
  };
  const timer = setInterval(look, sampleEveryMs);
  return () => {
    clearInterval(timer);
    look();
    return highest;
  };
}
