import type { Figure, Said } from '@fawkes/kit-contract';

/** A figure that is known. @public */
export function knownFigure(value: number): Figure {
  return { value };
}

/**
 * A figure that is not, with a reason a person can act on.
 * @public
 */
export function unknownFigure({ code, params, text }: Said): Figure {
  return { value: null, reason: text, code, params };
}

/** A known figure, or for null an unknown one with the reason given. @public */
export function figureOf(value: number | null, reason: Said): Figure {
  return value === null ? unknownFigure(reason) : knownFigure(value);
}
