import type { ServiceSpec } from '../spec';

/** A spec as a form sends it, with another field or two. */
export function specOf(other: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    schemaVersion: 1,
    template: { name: 'node-api', version: '1.0.0', treeHash: 'a'.repeat(64) },
    type: 'api',
    language: 'node',
    ci: 'github-actions',
    owner: 'group:default/payments',
    description: 'Takes payments',
    repository: { host: 'local' },
    ...other,
  };
}
