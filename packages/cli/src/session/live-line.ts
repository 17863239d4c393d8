import type { WriteStream } from 'node:tty';
import { visible } from '../terminal-text.js';
import type { Live } from './words.js';

const barWidth = 20;
/** How often the time on the line goes on, in ms. */
const tickMs = 1_000;

/** The one line of a terminal that is written over while something goes on. */
export class LiveLine {
  readonly #output: WriteStream;
  #live: Live | undefined;
  #since = 0;
  #isShown = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(output: WriteStream) {
    this.#output = output;
  }

  show(live: Live): void {
    if (live.what !== this.#live?.what) this.#since = Date.now();
    this.#live = live;
    // Unreferenced: a display keeps no command alive.
    this.#timer ??= setInterval(() => this.#draw(), tickMs).unref();
    this.#draw();
  }

  /** Makes room for other lines; the next event draws it again. */
  clear(): void {
    if (this.#isShown) this.#output.write('\r\x1b[K');
    this.#isShown = false;
  }

  end(): void {
    this.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#live = undefined;
  }

  #draw(): void {
    if (!this.#live) return;
    const { what, part, detail } = this.#live;
    const seconds = Math.floor((Date.now() - this.#since) / 1000);
    const text = [
      what,
      ...(part === undefined ? [] : [bar(part), percent(part)]),
      `${seconds} s`,
      ...(detail ? [detail] : []),
    ].join('  ');
    // A line that wraps could not be written over.
    this.#output.write(`\r\x1b[K${visible(text).slice(0, Math.max(this.#output.columns - 1, 10))}`);
    this.#isShown = true;
  }
}

function bar(part: number): string {
  const done = Math.round(Math.min(part, 1) * barWidth);
  return `[${'#'.repeat(done)}${'-'.repeat(barWidth - done)}]`;
}

function percent(part: number): string {
  return `${Math.floor(part * 100)} %`;
}
