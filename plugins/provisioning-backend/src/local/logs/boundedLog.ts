import { lineWriter, type LineWriter } from './lineWriter';
import type { Log, LogPage } from './log';
import { Redactor } from './redactor';

/** Most bytes of a log that are kept (1 MiB). */
export const MAX_LOG = 1024 * 1024;

/** Most lines of one answer. */
const PAGE = 2_000;

/** The newest lines of an effect, in memory. */
export class BoundedLog implements Log {
  private readonly lines: Array<{ text: string; bytes: number }> = [];
  private bytes = 0;
  /** How many lines were dropped: the number of the first one kept. */
  private first = 0;

  constructor(
    private readonly redactor: Redactor = new Redactor(),
    private readonly most: number = MAX_LOG,
  ) {}

  writer(): LineWriter {
    return lineWriter(this.redactor, lines => lines.forEach(l => this.add(l)));
  }

  /** Lines from a number on; the first line ever was 0. */
  read(after: number = 0): LogPage {
    const from = Math.max(after, this.first);
    const page = this.lines.slice(from - this.first, from - this.first + PAGE);
    return {
      lines: page.map(({ text }) => text),
      next: Math.max(from, this.first) + page.length,
      cut: this.first > after,
    };
  }

  /** All that is kept, to be written down. */
  text(): string {
    return this.lines.map(({ text }) => `${text}\n`).join('');
  }

  private add(text: string) {
    const bytes = Buffer.byteLength(text) + 1;
    this.lines.push({ text, bytes });
    this.bytes += bytes;
    let dropped = 0;
    while (this.bytes > this.most) {
      this.bytes -= this.lines[dropped].bytes;
      dropped += 1;
    }
    if (dropped > 0) this.lines.splice(0, dropped);
    this.first += dropped;
  }
}
