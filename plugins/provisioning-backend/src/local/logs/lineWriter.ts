import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { Redactor } from './redactor';

/** Longest line that is kept, in UTF-16 code units. */
export const MAX_LINE = 4_096;

/** What is read of a line: colours and what is taken out are in it yet. */
const MAX_READ = 2 * MAX_LINE;

/**
 * An operating system command: a title, a link. Node's own pattern looks for the
 * end of each one to the end of the line, which takes the square of its length;
 * here none reaches beyond the next escape, and what does not end is its two
 * characters.
 */
const OSC =
  // eslint-disable-next-line no-control-regex
  /(?:\u001b\]|\u009d)(?:[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c))?/g;

/** Takes lines in; a promise is waited for before more is read. */
export type TakeLines = (lines: string[]) => void | Promise<void>;

/** Writes the output of one stream as clean lines. */
export interface LineWriter {
  write(chunk: Buffer | string): Promise<void>;
  /** Writes what has no line end yet. */
  end(): Promise<void>;
}

/**
 * Makes lines of a stream's chunks: whole characters, no secrets, no colours and
 * other control codes, none longer than {@link MAX_LINE}.
 */
export function lineWriter(redactor: Redactor, take: TakeLines): LineWriter {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let line = '';

  async function put(text: string, last: boolean) {
    const parts = (line + text).split(/\r\n|\n/);
    line = last ? '' : parts.pop()!;
    const done = last && parts.at(-1) === '' ? parts.slice(0, -1) : parts;
    line = line.slice(0, MAX_READ);
    if (done.length > 0) await take(done.map(each => tidy(each, redactor)));
  }

  return {
    async write(chunk) {
      const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
      const next = redactor.cleanSoFar(held + text);
      held = next.held;
      await put(next.clean, false);
    },
    async end() {
      const rest = redactor.clean(held + decoder.end());
      held = '';
      await put(rest, true);
    },
  };
}

function tidy(line: string, redactor: Redactor): string {
  // Looking for control codes takes more than its share of time in a long line.
  const short = line.slice(0, MAX_READ);
  const plain = stripVTControlCharacters(short.replace(OSC, '')).replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0008\u000b-\u001f\u007f]/g,
    '',
  );
  // Once more: a control code may have stood inside a secret.
  const clean = redactor.clean(plain);
  return clean.length <= MAX_LINE ? clean : `${clean.slice(0, MAX_LINE - 1)}…`;
}
