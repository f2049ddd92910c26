import type { Coded } from '../values';

/** What a person can do about an error depends on its kind. */
export type ErrorKind = 'forbidden' | 'missing' | 'unreachable' | 'other';

const STATUS_KINDS: ReadonlyMap<number, ErrorKind> = new Map([
  [401, 'forbidden'],
  [403, 'forbidden'],
  [404, 'missing'],
  [502, 'unreachable'],
  [503, 'unreachable'],
  [504, 'unreachable'],
]);

interface ResponseLike {
  statusCode?: number;
  body?: { error?: { message?: string } & Coded };
}

/** The kind of an error, the message its backend gave, and its code. */
export function explainError(error: unknown): {
  kind: ErrorKind;
  message: string;
  words: Coded;
} {
  // fetch() reports an unreachable backend as a TypeError.
  if (error instanceof TypeError) {
    return { kind: 'unreachable', message: error.message, words: {} };
  }
  const { statusCode, body } = (error ?? {}) as ResponseLike;
  const said =
    body?.error?.message ??
    (error instanceof Error ? error.message : String(error));
  return {
    kind: STATUS_KINDS.get(statusCode ?? 0) ?? 'other',
    message: said,
    words: body?.error ?? {},
  };
}
