import type { Figure } from '@fawkes/kit-contract';

/** A figure that is known. @public */
export function knownFigure(value: number): Figure {
  return { value };
}

/**
 * A figure that is not, with a reason a person can act on.
 * @public
 */
export function unknownFigure(reason: string): Figure {
  return { value: null, reason };
}

/** A known figure, or for null an unknown one with the reason given. @public */
export function figureOf(value: number | null, reason: string): Figure {
  return value === null ? unknownFigure(reason) : knownFigure(value);
}

/** 5 changes, 1 change. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
