import { useEffect, useRef } from 'preact/hooks';

/** Least time between two reads, in ms; a read that takes long rests for ten times as long. */
const restMs = 1_500;
const restFactor = 10;

/** Reads again when something has changed, but not at every change of a busy batch. */
export function useReread(changes: readonly unknown[], reread: () => Promise<void>): void {
  const newest = useRef(reread);
  newest.current = reread;
  const state = useRef({ isFirst: true, isWaiting: false, dueAt: 0, isGone: false });
  useEffect(() => {
    const { current } = state;
    if (current.isFirst) {
      current.isFirst = false;
      return;
    }
    if (current.isWaiting) return;
    current.isWaiting = true;
    setTimeout(
      async () => {
        current.isWaiting = false;
        if (current.isGone) return;
        const begun = performance.now();
        current.dueAt = begun + restMs;
        await newest.current();
        const ended = performance.now();
        current.dueAt = ended + Math.max(restMs, restFactor * (ended - begun));
      },
      Math.max(0, current.dueAt - performance.now()),
    );
  }, changes);
  useEffect(
    () => () => {
      state.current.isGone = true;
    },
    [],
  );
}
