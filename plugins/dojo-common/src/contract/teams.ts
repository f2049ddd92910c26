import { entityRefSchema, isoSchema } from '@fawkes/kit-contract';
import { z } from 'zod';

/** How many people have something; null where that would tell about somebody. @public */
export const hiddenCountSchema = z.number().int().nullable();

const counted = z.object({
  /** Its slug. */
  slug: z.string(),
  /** What it is called. */
  title: z.string(),
  /** How many have it. */
  people: hiddenCountSchema,
});

/** What is said of a team: sums, and nothing of anybody. @public */
export const teamFiguresSchema = z.object({
  /** When it was counted; it is not counted anew for one person more or less. */
  asOf: isoSchema,
  /** How many learn. */
  people: hiddenCountSchema,
  /** Modules that all of them together have done. */
  completions: z.number().int(),
  /** How many hold each belt. */
  belts: z.array(counted),
  /** How many have done each module. */
  modules: z.array(counted),
});
/** See {@link teamFiguresSchema}. @public */
export type TeamFigures = z.infer<typeof teamFiguresSchema>;

/** Why nothing is said of a team. @public */
export const teamHiddenSchema = z.enum(['few', 'rest', 'later']);
/** See {@link teamHiddenSchema}. @public */
export type TeamHidden = z.infer<typeof teamHiddenSchema>;

/** A team of the caller. @public */
export const teamSchema = z.object({
  /** The group. */
  group: z.string(),
  /** The caller leads it. */
  leads: z.boolean(),
  /** Its figures; null where they are hidden. */
  figures: teamFiguresSchema.nullable(),
  /** Why they are hidden. */
  hidden: teamHiddenSchema.nullable(),
  /** Belts of direct members who show them. */
  shown: z.array(
    z.object({
      /** The person. */
      person: z.string(),
      /** What their belts are called. */
      belts: z.array(z.string()),
    }),
  ),
});
/** See {@link teamSchema}. @public */
export type Team = z.infer<typeof teamSchema>;

/** Names a group. @public */
export const teamNameSchema = z.strictObject({
  /** The group, e.g. `group:default/payments-core`. */
  group: entityRefSchema,
});

/** Answer of `lookAtTeam`: passed or not yet, and nothing else. @public */
export const teamLookSchema = z.object({
  asOf: isoSchema,
  group: z.string(),
  /** Direct members of the group. */
  members: z.array(
    z.object({
      /** The person. */
      person: z.string(),
      /** Belts they hold. */
      belts: z.array(z.string()),
      /** Modules they have done; any other is not done yet. */
      modules: z.array(z.string()),
    }),
  ),
  /** Belts there are. */
  belts: z.array(z.object({ slug: z.string(), title: z.string() })),
  /** Modules there are. */
  modules: z.array(z.object({ slug: z.string(), title: z.string() })),
});
/** See {@link teamLookSchema}. @public */
export type TeamLook = z.infer<typeof teamLookSchema>;
