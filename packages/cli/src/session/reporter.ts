import { stderr, stdout } from 'node:process';
import type { Event } from '../events.js';
import type { GlobalArguments } from '../global-options.js';
import { terminalJson, visible, visibleLines } from '../terminal-text.js';
import { inWords } from './in-words.js';
import { LiveLine } from './live-line.js';
import type { Live } from './words.js';

/**
 * Prints what a command has to tell: results on stdout, the rest on stderr. On a terminal what goes
 * on is one live line, elsewhere a line for each tenth. With `--json` everything is an object on
 * stdout, with `--quiet` only results are printed.
 */
export class Reporter {
  readonly #json: boolean;
  readonly #quiet: boolean;
  readonly #liveLine: LiveLine | undefined;
  #lastStep = '';
  #lastTransfer = '';

  constructor({ json, quiet }: Pick<GlobalArguments, 'json' | 'quiet'>) {
    this.#json = json;
    this.#quiet = quiet;
    // A dumb terminal has no line that could be written over.
    const isLive = stderr.isTTY && process.env['TERM'] !== 'dumb' && !json && !quiet;
    this.#liveLine = isLive ? new LiveLine(stderr) : undefined;
  }

  tell(event: Event): void {
    if (this.#isOldNews(event)) return;
    const { result, note, fault, live } = inWords(event);
    const isProgress = result === undefined && fault === undefined && !isOutcome(event);
    if (this.#quiet && isProgress) return;
    if (this.#json) {
      stdout.write(`${terminalJson(event)}\n`);
      return;
    }
    if (fault !== undefined) this.note(fault);
    if (note !== undefined && !this.#quiet) this.note(note);
    if (result !== undefined) {
      this.#liveLine?.clear();
      stdout.write(`${visibleLines(result)}\n`);
    }
    if (live) this.#show(live);
  }

  /** A line of what the command was run for, on stdout, as it is. */
  print(line: string): void {
    stdout.write(`${visible(line)}\n`);
  }

  /** A line for people, on stderr. */
  note(line: string): void {
    this.#liveLine?.clear();
    stderr.write(`${visibleLines(line)}\n`);
  }

  /** Nothing goes on any more. */
  end(): void {
    this.#liveLine?.end();
  }

  /** Bytes are told of for each percent, or each megabyte where nobody knows how many will come. */
  #isOldNews(event: Event): boolean {
    if (event.event !== 'upload' && event.event !== 'download') return false;
    const bytes = event.event === 'upload' ? event.sentBytes : event.receivedBytes;
    const { totalBytes = 100 * 2 ** 20 } = event;
    const step = Math.floor((bytes / totalBytes) * 100);
    const transfer = `${event.event} ${'path' in event ? event.path : totalBytes} ${step}`;
    const isOld = transfer === this.#lastTransfer;
    this.#lastTransfer = transfer;
    return isOld;
  }

  #show(live: Live): void {
    if (this.#liveLine) {
      this.#liveLine.show(live);
      return;
    }
    const { what, part, detail = '', logDetail = detail } = live;
    // In tenths, or a log would drown in them.
    const step =
      part === undefined ? `${what}  ${logDetail}` : `${what}  ${Math.floor(part * 10) * 10} %`;
    if (step === this.#lastStep) return;
    this.#lastStep = step;
    this.note(step.trim());
  }
}

/** Whether an event tells how the command ended, and so is told in any case. */
function isOutcome({ event }: Event): boolean {
  return ['failure', 'result', 'checked', 'detached', 'batch-result', 'steered', 'error'].includes(
    event,
  );
}
