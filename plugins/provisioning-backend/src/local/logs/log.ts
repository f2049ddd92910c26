import type { Readable } from 'node:stream';
import type { LineWriter } from './lineWriter';

/** Who says a line: we, or one of the two outputs of a program. */
export type LogStream = 'portal' | 'out' | 'err';

/** Somewhere for lines; see BoundedLog and FileLog. */
export interface Log {
  /** A writer for one stream; several write side by side. */
  writer(stream?: LogStream): LineWriter;
}

/** Lines of a log from a place on. */
export interface LogPage {
  lines: string[];
  /** Where to go on; asked for again, it answers what came since. */
  next: number;
  /** Whether lines before these are gone, to keep the log in bounds. */
  cut: boolean;
}

/**
 * Writes a stream to a log until it ends. The log's pace is the stream's: what
 * it does not take waits in the pipe, and so does who writes into it.
 */
export async function copyTo(
  log: Log,
  stream: Readable,
  name: LogStream = 'out',
): Promise<void> {
  const writer = log.writer(name);
  try {
    for await (const chunk of stream) await writer.write(chunk);
  } catch (error) {
    // A stream that is cut when its program is killed ends all the same.
    if (!stream.destroyed) throw error;
  }
  await writer.end();
}

/** Writes one line of our own. */
export async function say(log: Log, text: string): Promise<void> {
  const writer = log.writer('portal');
  await writer.write(`${text}\n`);
  await writer.end();
}
