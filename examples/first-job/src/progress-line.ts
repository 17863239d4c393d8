/** One line that is written over on a terminal, and a line for each change elsewhere. */
export class ProgressLine {
  readonly #output: NodeJS.WriteStream;
  #last = '';

  constructor(output: NodeJS.WriteStream) {
    this.#output = output;
  }

  show(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    this.#output.write(this.#output.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  }

  /** Leaves the line as it stands. */
  end(): void {
    if (this.#output.isTTY && this.#last) this.#output.write('\n');
    this.#last = '';
  }
}
