import type { Entity } from '@backstage/catalog-model';

/** A Component as the catalog has it. */
export function component(
  name: string,
  annotations: Record<string, string> = {},
  title?: string,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, title, annotations },
  };
}
