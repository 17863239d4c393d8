import type { PageAction } from './page-actions.js';

/** Most items that one action names. */
const mostKeys = 10_000;
const mostPriority = 1_000_000;

/** The action that a request asks for; `undefined` when it is none. */
export function readAction(body: unknown): PageAction | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { action, keys, code, priority } = body as Record<string, unknown>;
  if (action === 'pause' || action === 'resume') return { action };
  if (action === 'retry' && typeof code === 'string') return { action, items: { code } };
  if (!areKeys(keys)) return undefined;
  if (action === 'retry' || action === 'drop' || action === 'cancel') {
    return { action, items: { keys } };
  }
  const isPriority = Number.isInteger(priority) && Math.abs(Number(priority)) <= mostPriority;
  if (action === 'priority' && isPriority) {
    return { action, items: { keys }, priority: Number(priority) };
  }
  return undefined;
}

function areKeys(keys: unknown): keys is string[] {
  return (
    Array.isArray(keys) &&
    keys.length > 0 &&
    keys.length <= mostKeys &&
    keys.every((key) => typeof key === 'string')
  );
}
