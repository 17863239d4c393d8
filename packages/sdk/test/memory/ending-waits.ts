// Lets many waits on one signal end, again and again, and prints what is left each time.
import { getEventListeners } from 'node:events';
import { activeTimers, heapInUse, patientClient } from './many-waits.ts';

/** What is left after many waits. */
export interface EndedWaits {
  /** How many ended with each error. */
  errors: Record<string, number>;
  listeners: number;
  timers: number;
  /** Bytes. */
  heap: number;
}

const [baseUrl = '', ending = '', count = ''] = process.argv.slice(2);
const waitCount = Number(count);
const { sync3, answered } = patientClient(baseUrl);
const lasting = new AbortController();
const rounds: EndedWaits[] = [];
for (let round = 0; round < 2; round++) {
  const controller = ending === 'abort' ? new AbortController() : lasting;
  const errors = await endAll(controller);
  const listeners = getEventListeners(controller.signal, 'abort').length;
  const heap = await heapInUse();
  rounds.push({ errors, listeners, timers: activeTimers(), heap });
}
console.log(JSON.stringify(rounds));

async function endAll(controller: AbortController): Promise<Record<string, number>> {
  const errors: Record<string, number> = {};
  const options = { signal: controller.signal, timeoutMs: ending === 'deadline' ? 200 : 60_000 };
  const waits = Array.from({ length: waitCount }, () =>
    sync3.tasks
      .attach(crypto.randomUUID())
      .wait(options)
      .catch(({ name }: Error) => {
        errors[name] = (errors[name] ?? 0) + 1;
      }),
  );
  if (ending === 'abort') {
    await answered();
    controller.abort();
  }
  await Promise.all(waits);
  return errors;
}
