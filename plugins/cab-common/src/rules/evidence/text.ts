import { EvidenceFault } from './fault';
import { readJsonOnce } from '../canonical';

const startsWith = (bytes: Uint8Array, ...mark: number[]) =>
  mark.every((each, index) => bytes[index] === each);

const refuse = (reason: string) =>
  new EvidenceFault('EVIDENCE_ENCODING', reason);

/** UTF-8 without a mark; what is none is refused, not mended. */
export function utf8(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
    throw refuse('begins with a byte order mark');
  }
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    throw refuse('is UTF-16, not UTF-8');
  }
  return decoded(bytes, 'utf-8');
}

function decoded(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    throw refuse(`is not ${encoding.toUpperCase()}`);
  }
}

/** Most values of a document: what is read at once must fit whatever heap reads it. */
const MOST_VALUES = 4_000_000;
/** What a value begins or ends with: a comma, a bracket, a brace. */
const MARKS = [0x2c, 0x5b, 0x7b];

/**
 * Nothing ends JSON.parse in the middle: out of memory within it, a thread takes its
 * process along, whatever its own limits are. So values are counted before.
 */
function refuseCrowded(bytes: Uint8Array): void {
  let values = 0;
  for (const each of bytes) {
    if (MARKS.includes(each)) values++;
  }
  if (values > MOST_VALUES) {
    throw new EvidenceFault(
      'EVIDENCE_TOO_COMPLEX',
      `more than ${MOST_VALUES} values`,
    );
  }
}

/** JSON of which there is exactly one reading. */
export function json(bytes: Uint8Array): unknown {
  refuseCrowded(bytes);
  const read = readJsonOnce(utf8(bytes));
  if ('value' in read) return read.value;
  throw new EvidenceFault(
    'EVIDENCE_MALFORMED',
    `${read.fault.reason} (after ${read.fault.at} characters)`,
  );
}

const DECLARATION = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']/;

/**
 * The text of an XML document: UTF-8 without a mark, UTF-16 with one, ISO-8859-1
 * and US-ASCII as they are declared. Others are refused.
 */
export function xmlText(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) {
    return decoded(bytes.subarray(2), 'utf-16le');
  }
  if (startsWith(bytes, 0xfe, 0xff)) {
    return decoded(bytes.subarray(2), 'utf-16be');
  }
  const head = String.fromCharCode(...bytes.subarray(0, 256));
  const [, named = 'utf-8'] = DECLARATION.exec(head) ?? [];
  switch (named.toLowerCase()) {
    case 'utf-8':
      return utf8(bytes);
    case 'us-ascii':
      if (bytes.some(each => each > 0x7f)) throw refuse('is not US-ASCII');
      return utf8(bytes);
    case 'iso-8859-1':
      return latin1(bytes);
    default:
      throw refuse(`is declared as ${named}, which is not read here`);
  }
}

/** A TextDecoder would read it as windows-1252. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return parts.join('');
}
