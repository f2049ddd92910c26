import type { ChangesQuery } from '@fawkes/backstage-plugin-cab-common';
import { z } from 'zod';

/** Phases one can look for; what no change reaches yet is not offered. */
export const PHASES = [
  'any',
  'before',
  'review',
  'open',
  'run',
  'after',
  'end',
] as const;

/** What the address says of the list. */
export const boardViewSchema = z.object({
  phase: z.enum(PHASES),
  whose: z.enum(['all', 'mine']),
});
/** See {@link boardViewSchema}. */
export type BoardView = z.infer<typeof boardViewSchema>;

/** Everything, until one chooses. */
export const BOARD_DEFAULTS: BoardView = { phase: 'any', whose: 'all' };

/**
 * The question behind a view.
 *
 * @param me - entity ref of the person, once it is known
 */
export function queryOf(
  { phase, whose }: BoardView,
  me: string | undefined,
): Partial<ChangesQuery> {
  return {
    ...(phase !== 'any' && { phase }),
    ...(whose === 'mine' && me !== undefined && { submitter: me }),
  };
}
