import { z } from 'zod';

const text = z.string().max(4_000);
const address = z.string().min(1).max(1_000);
/** Instants as this suite writes them and most others do. */
const instant = z.iso.datetime({ offset: true });
const types = (own: string) =>
  z
    .union([z.string().max(100), z.array(z.string().max(100)).max(5)])
    .refine(value => [value].flat().includes(own), `must be a ${own}`);

const image = z.union([
  address,
  z.strictObject({
    id: address,
    type: types('Image'),
    caption: text.optional(),
  }),
]);

const profile = z.strictObject({
  id: address,
  type: types('Profile'),
  name: text.optional(),
  url: address.optional(),
  description: text.optional(),
  image: image.optional(),
});

const achievement = z.strictObject({
  id: address,
  type: types('Achievement'),
  achievementType: z.string().max(100).optional(),
  name: text,
  description: text.optional(),
  criteria: z.strictObject({
    id: address.optional(),
    narrative: text.optional(),
  }),
  creator: profile.optional(),
  image: image.optional(),
});

const identity = z.strictObject({
  type: types('IdentityObject'),
  hashed: z.boolean(),
  identityHash: z.string().max(200),
  identityType: z.string().max(100),
  salt: z.string().max(200).optional(),
});

/** A proof of the one kind that is read. */
export const proofSchema = z.strictObject({
  id: address.optional(),
  type: z.literal('DataIntegrityProof'),
  created: instant,
  verificationMethod: address,
  cryptosuite: z.literal('eddsa-rdfc-2022'),
  proofPurpose: z.literal('assertionMethod'),
  proofValue: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]{80,100}$/),
});

const statusEntry = z.strictObject({
  id: address.optional(),
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.literal('revocation'),
  // An integer is read, a text is written.
  statusListIndex: z.union([
    z.string().regex(/^(0|[1-9]\d{0,6})$/),
    z.number().int().min(0).max(9_999_999),
  ]),
  statusListCredential: address,
});

/** A badge as Open Badges 3.0 has it, without anything that is not understood. */
export const badgeSchema = z.strictObject({
  '@context': z.array(z.string()),
  id: address,
  type: z
    .array(z.string().max(100))
    .max(5)
    .refine(
      value =>
        value.includes('VerifiableCredential') &&
        (value.includes('OpenBadgeCredential') ||
          value.includes('AchievementCredential')),
      'must be a VerifiableCredential and an OpenBadgeCredential',
    ),
  issuer: z.union([address, profile]),
  validFrom: instant,
  validUntil: instant.optional(),
  name: text.optional(),
  description: text.optional(),
  image: image.optional(),
  credentialSubject: z.strictObject({
    id: address.optional(),
    type: types('AchievementSubject'),
    identifier: z.array(identity).max(4).optional(),
    achievement,
  }),
  credentialStatus: statusEntry.optional(),
  proof: z.unknown().optional(),
});

/** See {@link badgeSchema}. */
export type Badge = z.infer<typeof badgeSchema>;

/** Who a badge says that it is from. */
export function issuerIdOf({ issuer }: Badge): string {
  return typeof issuer === 'string' ? issuer : issuer.id;
}
