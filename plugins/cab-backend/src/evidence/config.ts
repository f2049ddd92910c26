import { createPublicKey } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { nameSchema, urlSchema } from '@fawkes/kit-contract';
import { z } from 'zod';

const claim = nameSchema(100);

/** Whose identity tokens make a pipeline known. */
const issuerSchema = z.strictObject({
  issuer: urlSchema,
  audience: nameSchema(300),
  jwksUri: urlSchema.optional(),
  repositoryClaim: claim.default('repository'),
  commitClaim: claim.default('sha'),
  annotation: nameSchema(200).default('github.com/project-slug'),
});
export type CiIssuer = z.output<typeof issuerSchema>;

const publicKey = z.string().refine(pem => {
  try {
    return createPublicKey(pem).type === 'public';
  } catch {
    return false;
  }
}, 'must be a public key in PEM');

/** `cab.evidence` */
export const evidenceConfigSchema = z
  .strictObject({
    issuers: z
      .array(issuerSchema)
      .max(50)
      .refine(
        all => new Set(all.map(({ issuer }) => issuer)).size === all.length,
        'must name each issuer once',
      )
      .default([]),
    keys: z
      .array(z.strictObject({ id: nameSchema(200), pem: publicKey }))
      .max(50)
      .default([]),
    builders: z.array(nameSchema(2_048)).max(200).default([]),
    scanners: z.array(nameSchema(300)).max(200).optional(),
    readSeconds: z.int().min(1).max(300).default(10),
    keepDays: z.int().min(1).max(3_650).default(400),
  })
  .prefault({});
export type EvidenceConfig = z.output<typeof evidenceConfigSchema>;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Keys that come over plain HTTP can be anybody's. A stand-in on loopback is for
 * development, where nobody is let into anything by it.
 */
export function refuseWeakIssuers(
  { issuers }: EvidenceConfig,
  environment: string | undefined,
): void {
  issuers.forEach(({ issuer, jwksUri }, at) => {
    for (const [name, address] of Object.entries({ issuer, jwksUri })) {
      if (address === undefined) continue;
      const { protocol, hostname } = new URL(address);
      if (protocol === 'https:') continue;
      if (environment !== 'production' && LOOPBACK.has(hostname)) continue;
      throw new InputError(
        `cab.evidence.issuers.${at}.${name}: must be https; http is for a stand-in on loopback, outside of production`,
      );
    }
  });
}
