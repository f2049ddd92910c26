import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { deploymentEventSchema } from '@fawkes/backstage-plugin-delivery-common';
import type { Viewer } from '@fawkes/kit-backend/access';

/** An annotation by which the catalog knows an account of a person: `github.com/user-login`. */
const ACCOUNT = /^([^/]{1,100})\/user-login$/;

const { actor: actorSchema } = deploymentEventSchema.shape;

/**
 * The names a person may be told under: the reference, and the accounts the
 * catalog knows. They are asked for together, because no deployment says more
 * than one of them.
 *
 * @param readers - plugins that may ask for anybody
 * @throws NotAllowedError for everybody else who is not that person
 */
export async function namesOf(
  user: string,
  viewer: Viewer,
  readers: ReadonlySet<string>,
): Promise<string[]> {
  if (viewer.userRef?.toLowerCase() !== user && !isReader(viewer, readers)) {
    throw new NotAllowedError(
      'The deployments of a person are for that person, and for the plugins named in delivery.actorReaders',
    );
  }
  const entity = (await viewer.entities([user])).get(user);
  return [user, ...(entity ? accountsOf(entity) : [])];
}

function isReader(
  { credentials }: Viewer,
  readers: ReadonlySet<string>,
): boolean {
  const principal = credentials.principal as {
    type?: string;
    subject?: string;
  };
  const plugin = /^plugin:(.+)$/.exec(principal.subject ?? '')?.[1];
  return (
    principal.type === 'service' && plugin !== undefined && readers.has(plugin)
  );
}

/** What is no account is somebody else's annotation. */
function accountsOf({ metadata }: Entity): string[] {
  return Object.entries(metadata.annotations ?? {}).flatMap(([name, login]) => {
    const host = ACCOUNT.exec(name)?.[1];
    const parsed = host ? actorSchema.safeParse(`${host}/${login}`) : undefined;
    return parsed?.data ?? [];
  });
}
