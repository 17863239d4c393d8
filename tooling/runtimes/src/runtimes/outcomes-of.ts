import type { Outcome } from './runtime.ts';

/** Runs checks from outside of a runtime, one after the other. */
export async function outcomesOf(
  checks: Record<string, () => Promise<unknown>>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      outcomes.push({ name, ok: true });
    } catch (error) {
      outcomes.push({ name, ok: false, error: String(error) });
    }
  }
  return outcomes;
}
