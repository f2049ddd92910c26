import { z } from 'zod';

/** What a pin says where nobody could look the digest up. @public */
export const UNRESOLVED = 'unresolved';

/**
 * A row of `pins.json`: an image, an action or a lock that skeletons use, held to
 * what it was when somebody looked.
 * @public
 */
export const pinSchema = z.strictObject({
  /** `actions/checkout`, or the image without its tag. */
  name: z.string().min(1).max(200),
  /** Told for people; nothing is fetched by it. */
  tag: z.string().min(1).max(128),
  /** A commit of 40 digits, `sha256:` and 64 digits, or `unresolved`. */
  pin: z
    .string()
    .regex(
      /^([0-9a-f]{40}|sha256:[0-9a-f]{64}|unresolved)$/,
      'must be a commit, sha256:<digest> or "unresolved"',
    ),
  /** `git-tag`: read from the repository itself; `seen`: two public repositories agree, nobody pulled it. */
  source: z.enum(['git-tag', 'seen']),
  checkedAt: z.iso.date(),
  /** The only template that uses it. */
  template: z.string().max(63).optional(),
});
/** See {@link pinSchema}. @public */
export type Pin = z.infer<typeof pinSchema>;

/** All pins; a name is there once. @public */
export const pinsSchema = z
  .array(pinSchema)
  .max(500)
  .refine(
    pins => new Set(pins.map(({ name }) => name)).size === pins.length,
    'must name each thing once',
  );
