import { RELATION_MEMBER_OF, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  ANNA,
  DOJO,
  LENA,
  MIRA,
  PAYMENTS,
  PLATFORM,
  SHOP,
  TOM,
} from './people';

export * from './people';

/** Who is in which groups; a test may change its mind. */
export class Organisation {
  readonly groups = new Map<string, string[]>([
    [MIRA, [PAYMENTS]],
    [TOM, [PAYMENTS]],
    [ANNA, [SHOP]],
    [LENA, [PLATFORM]],
  ]);
  /** Who can sign in without an entity in the catalog, and what sign-in says they own. */
  readonly onlySignedIn = new Map<string, string[]>();
  /** Entities beside people and groups. */
  readonly others: Entity[] = [];
  /** Thrown by every question, while it is there. */
  away: Error | undefined;
  /** Thrown by every question to sign-in, while it is there. */
  signInAway: Error | undefined;

  /** What sign-in says a person owns. */
  ownershipOf(userRef: string): string[] {
    if (this.signInAway) throw this.signInAway;
    const groups = this.groups.get(userRef) ?? this.onlySignedIn.get(userRef);
    return [userRef, ...(groups ?? [])];
  }

  /** The catalog of now. */
  readonly catalog = {
    getEntityByRef: async (ref: string) => this.#now().getEntityByRef(ref),
    getEntitiesByRefs: async (request: { entityRefs: string[] }) =>
      this.#now().getEntitiesByRefs(request),
    streamEntities: (request?: object) => this.#now().streamEntities(request),
  };

  #now() {
    if (this.away) throw this.away;
    const people = [...this.groups].map(([ref, groups]) =>
      entityOf(
        ref,
        groups.map(targetRef => ({ type: RELATION_MEMBER_OF, targetRef })),
      ),
    );
    const groups = [PAYMENTS, SHOP, PLATFORM, DOJO].map(ref => entityOf(ref));
    return catalogServiceMock({
      entities: [...people, ...groups, ...this.others],
    });
  }
}

/** An entity with nothing but a name. */
export function entityOf(
  ref: string,
  relations: Entity['relations'] = [],
  annotations: Record<string, string> = {},
): Entity {
  const [, kind, name] = /^(\w+):default\/(.+)$/.exec(ref)!;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind[0].toUpperCase() + kind.slice(1),
    metadata: { name, namespace: 'default', annotations },
    spec: {},
    relations,
  };
}
