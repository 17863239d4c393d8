import type { Handled } from './handled.js';

/**
 * Does something that has not been done before. Whoever comes while it is being done waits for it,
 * and shares its failure.
 */
export type Once = (id: string, action: () => unknown) => Promise<void>;

export function createOnce(handled: Handled): Once {
  const running = new Map<string, Promise<void>>();

  async function run(id: string, action: () => unknown): Promise<void> {
    if (await handled.has(id)) return;
    await action();
    // Not before: a process that ends in between must do it again rather than never.
    await handled.add(id);
  }

  return (id, action) => {
    const current = running.get(id);
    if (current) return current;
    const work = run(id, action);
    running.set(id, work);
    const leave = () => running.delete(id);
    work.then(leave, leave);
    return work;
  };
}
