/** What a program prints about its memory, in bytes. */
export interface MemoryFigures {
  rssBefore: number;
  rssPeak: number;
}

/** Watches the resident memory of this process from now on. */
export function startMemoryGauge() {
  const rssBefore = process.memoryUsage.rss();
  let rssPeak = rssBefore;
  return {
    /** Takes a look; call it often. */
    look(): void {
      rssPeak = Math.max(rssPeak, process.memoryUsage.rss());
    },
    /** The highest of all looks, and of what the operating system has seen (in kB). */
    figures(): MemoryFigures {
      return { rssBefore, rssPeak: Math.max(rssPeak, process.resourceUsage().maxRSS * 1024) };
    },
  };
}
