import { InputError } from '@backstage/errors';

/** Where the next page of a list goes on: the sort value and the key. */
export interface Position {
  at: number;
  key: string;
}

/** The keys of rows: hashes, or none where the sort value is unique. */
const KEY = /^[0-9a-f]{0,64}$/;

/** Writes a position as an opaque cursor. */
export function toCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.at, position.key])).toString(
    'base64url',
  );
}

/** Reads a cursor back. */
export function fromCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (
      Array.isArray(parts) &&
      Number.isFinite(parts[0]) &&
      typeof parts[1] === 'string' &&
      KEY.test(parts[1])
    ) {
      return { at: parts[0], key: parts[1] };
    }
  } catch {
    // Falls through: the same answer for every kind of garbage.
  }
  throw strangeCursor();
}

/** The answer to a cursor that does not come from this list. */
export function strangeCursor(): InputError {
  return new InputError('cursor: is not one this API gave out');
}

/** Cuts one row more than asked for off again and says where to go on. */
export function toPage<R>(
  rows: readonly R[],
  limit: number,
  positionOf: (row: R) => Position,
): { rows: R[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  return {
    rows: page,
    nextCursor:
      rows.length > limit ? toCursor(positionOf(page[page.length - 1])) : null,
  };
}
