import type { Field } from '../contract/described-fields.js';
import type { Finding } from '../contract/finding.js';
import type { Secrets } from '../control/secrets.js';

/** Something in which messages differ from the document, and how often. */
export interface Deviation {
  /** What breaks the document, or a property that it does not describe. */
  kind: 'violation' | 'unknown-field';
  /** Who has sent it: the application, or the API. */
  side: 'request' | 'response';
  /** JSON Pointer into the body; places in lists are `*`. */
  pointer: string;
  /** The kind of task or row that it is in, where there is one. */
  taskType: string | undefined;
  /** What the document asks for, or what the property held first. */
  message: string;
  /** How often it was seen. */
  count: number;
  /** When it was first seen, in ms since the epoch. */
  firstAt: number;
  /** When it was last seen, in ms since the epoch. */
  lastAt: number;
}

/** How many different ones are kept; the others are counted in `others`. */
const mostDeviations = 500;
/** Longest value that is shown, in characters. */
const longestValue = 120;

/** Collects in what the messages that pass a gateway differ from the document. */
export class Deviations {
  readonly #byKey = new Map<string, Deviation>();
  readonly #secrets: Secrets;
  readonly #now: () => number;

  constructor(secrets: Secrets, now: () => number) {
    this.#secrets = secrets;
    this.#now = now;
  }

  /** The most frequent first. */
  get all(): Deviation[] {
    return [...this.#byKey.values()].sort((a, b) => b.count - a.count);
  }

  /** Notes what breaks the document. */
  violations(side: Deviation['side'], body: unknown, findings: readonly Finding[]): void {
    // Those of `if` only repeat others.
    for (const { path, keyword, message } of findings) {
      if (keyword !== 'if') this.#note('violation', side, body, path, message);
    }
  }

  /** Notes what the document does not describe. */
  unknownFields(body: unknown, fields: readonly Field[]): void {
    for (const { path, value } of fields) {
      const text = JSON.stringify(value) ?? typeof value;
      const shown = text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
      this.#note('unknown-field', 'response', body, path, `held ${shown}`);
    }
  }

  #note(
    kind: Deviation['kind'],
    side: Deviation['side'],
    body: unknown,
    path: readonly string[],
    message: string,
  ): void {
    const pointer = path
      .map((step) => (/^\d+$/.test(step) ? '*' : step.replaceAll('~', '~0').replaceAll('/', '~1')))
      .map((step) => `/${this.#secrets.conceal(step)}`)
      .join('');
    const taskType = taskTypeAt(body, path);
    // What a property held differs each time; what a rule says does not.
    const key = JSON.stringify([kind, side, pointer, taskType, kind === 'violation' && message]);
    const at = this.#now();
    const known = this.#byKey.get(key);
    if (known) {
      known.count += 1;
      known.lastAt = at;
    } else if (this.#byKey.size < mostDeviations) {
      const told = this.#secrets.conceal(message);
      this.#byKey.set(key, {
        kind,
        side,
        pointer,
        taskType,
        message: told,
        count: 1,
        firstAt: at,
        lastAt: at,
      });
    }
  }
}

/** The task type that is nearest above a place. */
function taskTypeAt(body: unknown, path: readonly string[]): string | undefined {
  let value = body;
  let nearest: string | undefined;
  for (const step of ['', ...path]) {
    if (step !== '') value = Object(value)[step];
    const taskType = Object(value)?.taskType;
    if (typeof taskType === 'string') nearest = taskType.slice(0, 60);
  }
  return nearest;
}
