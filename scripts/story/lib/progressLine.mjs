const EVERY_MS = { terminal: 200, log: 5_000 };

/** One line that is rewritten in a terminal, or one every five seconds in a log. */
export class ProgressLine {
  #shownAt = performance.now();
  #drawn = false;

  constructor(stream = process.stdout) {
    this.stream = stream;
    this.terminal = Boolean(stream.isTTY) && !process.env.CI;
  }

  show(text) {
    const now = performance.now();
    const every = this.terminal ? EVERY_MS.terminal : EVERY_MS.log;
    if (now - this.#shownAt < every) return;
    this.#shownAt = now;
    if (!this.terminal) {
      this.stream.write(`${text}\n`);
      return;
    }
    const width = (this.stream.columns ?? 100) - 1;
    this.stream.write(`\r\x1b[K${text.slice(0, width)}`);
    this.#drawn = true;
  }

  /** Ends the line; `text` stays. */
  end(text) {
    if (this.#drawn) this.stream.write('\r\x1b[K');
    this.#drawn = false;
    if (text) this.stream.write(`${text}\n`);
  }
}
