import { parseEntityRef, type Entity } from '@backstage/catalog-model';

/** What people call an entity: its title, a person's or group's name, its name. @public */
export function entityTitle(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: unknown } | undefined;
  const displayName = profile?.displayName;
  return (
    entity.metadata.title ||
    (typeof displayName === 'string' && displayName) ||
    entity.metadata.name
  );
}

/**
 * The best name of an entity nobody may look up: `payments/checkout`, or
 * `checkout` in the default namespace. What is no ref stays as it is.
 * @public
 */
export function titleOfRef(ref: string): string {
  try {
    const { namespace, name } = parseEntityRef(ref);
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    // Who did something may be a service, which is no entity.
    return ref;
  }
}
