import {
  open,
  mkdir,
  readdir,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_LOG } from './boundedLog';
import { lineWriter, type LineWriter } from './lineWriter';
import type { Log, LogPage, LogStream } from './log';
import { Redactor } from './redactor';

/** Most bytes of one answer. */
const PAGE = 256 * 1024;

const NAME = /^(\d{16})\.log$/;

/**
 * A service's log on disk, which a restart of ours does not lose. It is kept in
 * two files, each half of what may be kept; a full one makes the oldest go. A
 * file is named by the byte of the whole log it begins with, so a place in the
 * log keeps its number.
 */
export class FileLog implements Log {
  private last: Promise<void> = Promise.resolve();
  private readonly waiting: Buffer[] = [];

  constructor(
    private readonly directory: string,
    private readonly redactor: Redactor = new Redactor(),
    private readonly most: number = MAX_LOG,
    /** What stands before each line, e.g. when it was said. */
    private readonly stamp?: (stream: LogStream) => string,
  ) {}

  writer(stream: LogStream = 'out'): LineWriter {
    return lineWriter(this.redactor, lines =>
      this.inTurn(() => this.append(this.stamped(lines, stream))),
    );
  }

  private stamped(lines: string[], stream: LogStream): string[] {
    if (!this.stamp) return lines;
    const stamp = this.stamp(stream);
    return lines.map(line => `${stamp}${line}`);
  }

  /** Lines from a byte on; the first byte ever was 0. */
  read(after: number = 0): Promise<LogPage> {
    return this.inTurn(() => this.page(after));
  }

  /** One at a time: two streams write into the same log. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    // Whoever asked is told of an error; the next one begins anew.
    this.last = result.then(
      () => {},
      () => {},
    );
    return result;
  }

  private async page(after: number): Promise<LogPage> {
    const parts = await this.parts();
    const first = parts[0] ?? { start: 0, size: 0 };
    const from = Math.max(after, first.start);
    const cut = first.start > after;
    const part = parts.findLast(({ start }) => start <= from);
    if (!part) return { lines: [], next: from, cut };
    const bytes = await readAt(part.path, from - part.start, PAGE);
    // Lines are written whole, so one without an end is cut by the page.
    const end = bytes.lastIndexOf(0x0a) + 1;
    const text = bytes.toString('utf8', 0, end);
    const lines = text === '' ? [] : text.slice(0, -1).split('\n');
    return { lines, next: from + end, cut };
  }

  private async append(lines: string[]) {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    for (const line of lines) this.waiting.push(Buffer.from(`${line}\n`));
    while (this.waiting.length > 0) await this.appendSome();
  }

  /** Appends as much of what waits as one file takes, a line at least. */
  private async appendSome() {
    const parts = await this.parts();
    const newest = parts.at(-1);
    const half = this.most / 2;
    let room = half - (newest?.size ?? half);
    const full = this.waiting[0].length > room;
    if (full) room = half;
    let count = 1;
    room -= this.waiting[0].length;
    while (count < this.waiting.length && this.waiting[count].length <= room) {
      room -= this.waiting[count].length;
      count += 1;
    }
    const start = newest ? newest.start + newest.size : 0;
    const path = full || !newest ? this.pathOf(start) : newest.path;
    const file = await open(path, 'a', 0o600);
    try {
      await file.writeFile(Buffer.concat(this.waiting.splice(0, count)));
    } finally {
      await file.close();
    }
    const gone = full ? parts.slice(0, -1) : parts.slice(0, -2);
    for (const old of gone) await rm(old.path, { force: true });
  }

  private async parts() {
    const names = await readdir(this.directory).catch(error => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const parts = names.filter(name => NAME.test(name)).sort();
    return Promise.all(
      parts.map(async name => {
        const path = join(this.directory, name);
        const { size } = await stat(path);
        return { path, size, start: Number(NAME.exec(name)![1]) };
      }),
    );
  }

  private pathOf(start: number) {
    return join(this.directory, `${String(start).padStart(16, '0')}.log`);
  }
}

async function readAt(path: string, at: number, most: number): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const buffer = Buffer.alloc(most);
    const { bytesRead } = await file.read(buffer, 0, most, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file?.close();
  }
}
