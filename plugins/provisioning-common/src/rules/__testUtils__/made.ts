import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { specOf } from '../../contract/__testUtils__/specs';
import type { ServiceSpec } from '../../contract';
import type { ObservedFacts } from '../facts';
import type { Hash } from '../hash';
import { normaliseSpec } from '../normalise';

/** SHA-256 as the backend has it. */
export const sha256: Hash = data =>
  createHash('sha256').update(data).digest('hex');

/** The normal form of a spec with another field or two. */
export const normalOf = (other: Partial<ServiceSpec> = {}) =>
  normaliseSpec(specOf(other));

/** A spec on GitHub. */
export const onGithub: Partial<ServiceSpec> = {
  repository: { host: 'github', owner: 'acme' },
};

/** What was observed before anything was there, with another fact or two. */
export function factsOf(other: Partial<ObservedFacts> = {}): ObservedFacts {
  return {
    mode: 'create',
    kind: 'service',
    namespace: 'default',
    name: 'shop',
    bundleDigest: 'b'.repeat(64),
    repository: 'absent',
    entity: 'absent',
    deployer: true,
    ...other,
  };
}

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map(text => text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}]/gu, '').trim())
  .filter(text => text !== '');

/** Specs as people send them. */
export const anySpec: fc.Arbitrary<ServiceSpec> = fc.record(
  {
    schemaVersion: fc.constant(1 as const),
    template: fc.record({
      name: fc.constantFrom('node-api', 'node-web'),
      version: fc.constantFrom('1.0.0', '1.1.0', '2.0.0-rc.1'),
      treeHash: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
    }),
    type: fc.constantFrom('api', 'web', 'worker', 'library'),
    language: fc.constant('node' as const),
    ci: fc.constant('github-actions' as const),
    owner: fc.constantFrom('group:default/payments', 'Payments', 'shop'),
    title: words,
    description: words,
    repository: fc.oneof(
      fc.constant({ host: 'local' } as const),
      fc.record(
        {
          host: fc.constant('github' as const),
          owner: fc.constantFrom('acme', 'ACME', 'other-1'),
          server: fc.constantFrom('github.com', 'GitHub.com', 'git.acme.test'),
          visibility: fc.constantFrom('private', 'internal', 'public'),
        },
        { requiredKeys: ['host', 'owner'] },
      ),
    ),
    system: fc.constantFrom('system:default/money', 'Money'),
    lifecycle: fc.constantFrom('experimental', 'production', 'deprecated'),
  },
  {
    requiredKeys: [
      'schemaVersion',
      'template',
      'type',
      'language',
      'ci',
      'owner',
      'description',
      'repository',
    ],
  },
);
