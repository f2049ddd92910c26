/**
 * What a MIG profile takes of a GPU, whatever a board calls it.
 * @public
 */
export interface MigShape {
  /** Compute slices. */
  compute: number;
  /** Memory units, a power of two; an instance begins at a multiple of it. */
  memoryUnits: number;
  /** Memory units at which an instance may begin. */
  starts: readonly number[];
  /** Most instances of it on one GPU. */
  max: number;
}

/** A class of profiles: the same part of a GPU on every board of its kind. @public */
export type MigClass =
  | `${1 | 2 | 3 | 4 | 7}g`
  | '1gx2'
  | `${1 | 2 | 4}g+gfx`
  | `${1 | 2}g+me`
  | `${1 | 2}g+me.all`
  | `${1 | 2}g-me`;

/** The classes that a kind of GPU has. @public */
export type MigShapes = Readonly<Partial<Record<MigClass, MigShape>>>;

/** A shape that begins at every multiple of `step`, as often as given. */
function shape(
  compute: number,
  memoryUnits: number,
  places: number,
  max = places,
): MigShape {
  const starts = Array.from({ length: places }, (_, i) => i * memoryUnits);
  return { compute, memoryUnits, starts, max };
}

/** Seven compute slices over eight memory units: the data centre's GPUs. */
export const SEVEN_SLICES = {
  '1g': shape(1, 1, 7),
  '1g+me': shape(1, 1, 7, 1),
  '1gx2': shape(1, 2, 4),
  '2g': shape(2, 2, 3),
  '3g': shape(3, 4, 2),
  '4g': shape(4, 4, 1),
  '7g': shape(7, 8, 1),
} as const satisfies MigShapes;

/** Four compute slices over four memory units: the A30. */
export const FOUR_SLICES = {
  '1g': shape(1, 1, 4),
  '1g+me': shape(1, 1, 4, 1),
  '2g': shape(2, 2, 2),
  '2g+me': shape(2, 2, 2, 1),
  '4g': shape(4, 4, 1),
} as const satisfies MigShapes;

/** Four slices that also draw: the RTX PRO 6000. */
export const FOUR_GRAPHICS_SLICES = {
  '1g': shape(1, 1, 4),
  '1g+me': shape(1, 1, 4, 1),
  '1g+gfx': shape(1, 1, 4),
  '1g+me.all': shape(1, 1, 4, 1),
  '1g-me': shape(1, 1, 4),
  '2g': shape(2, 2, 2),
  '2g+gfx': shape(2, 2, 2),
  '2g+me.all': shape(2, 2, 2, 1),
  '2g-me': shape(2, 2, 2),
  '4g': shape(4, 4, 1),
  '4g+gfx': shape(4, 4, 1),
} as const satisfies MigShapes;

/** Two slices: the smaller RTX PRO. */
export const TWO_SLICES = {
  '1g': shape(1, 1, 2),
  '2g': shape(2, 2, 1),
} as const satisfies MigShapes;
