import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Account,
  KnownPerson,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { toEntityRef } from '@fawkes/kit-contract';
import type { CabConfig } from '../config';

/** A User with everything voting needs to know. */
export interface DirectoryPerson extends KnownPerson {
  /** Every group they are in, transitively, sorted. */
  groups: string[];
}

/** Deepest nesting of groups that is followed. */
const DEEPEST = 20;

/**
 * Who people are, as the catalog says it to the plugin itself. What a token claims
 * about groups is not believed.
 */
export class Directory {
  constructor(
    private readonly services: {
      catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
      auth: AuthService;
    },
    private readonly identity: CabConfig['identity'],
  ) {}

  /**
   * Somebody of the catalog; undefined for nobody it knows.
   *
   * @throws when the catalog does not answer
   */
  async person(userRef: string): Promise<DirectoryPerson | undefined> {
    const [user] = await this.#entities([userRef]);
    if (user?.kind !== 'User') return undefined;
    return { ...this.#known(user), groups: await this.#groupsOf(user) };
  }

  /** Everybody in a group or one below it, as refs. */
  async membersOf(groups: readonly string[]): Promise<string[]> {
    const members = new Set<string>();
    const seen = new Set(groups);
    let level = [...seen];
    for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
      const found = await this.#entities(level);
      level = [];
      for (const group of found) {
        if (!group) continue;
        targetsOf(group, 'hasMember').forEach(ref => members.add(ref));
        for (const child of targetsOf(group, 'parentOf')) {
          if (!seen.has(child)) level.push(child);
          seen.add(child);
        }
      }
    }
    return [...members].sort();
  }

  #known(user: Entity): KnownPerson {
    const { annotations = {}, name, namespace = 'default' } = user.metadata;
    const userRef = toEntityRef(`user:${namespace}/${name}`);
    const { email } = (user.spec?.profile ?? {}) as { email?: unknown };
    const aliases = this.identity.aliases.filter(each => each.user === userRef);
    const accounts = this.identity.annotations
      .filter(annotation => annotations[annotation])
      .map<Account>(annotation => ({
        provider: annotation.split('/')[0],
        login: annotations[annotation],
      }));
    return {
      userRef,
      emails: [
        ...(typeof email === 'string' ? [email] : []),
        ...aliases.flatMap(each => each.emails),
      ],
      accounts: [...accounts, ...aliases.flatMap(each => each.accounts)],
    };
  }

  async #groupsOf(user: Entity): Promise<string[]> {
    const groups = new Set(targetsOf(user, 'memberOf'));
    let level = [...groups];
    for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
      const found = await this.#entities(level);
      level = found
        .flatMap(group => (group ? targetsOf(group, 'childOf') : []))
        .filter(ref => !groups.has(ref));
      level.forEach(ref => groups.add(ref));
    }
    return [...groups].sort();
  }

  async #entities(refs: readonly string[]): Promise<Array<Entity | undefined>> {
    const { catalog, auth } = this.services;
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: [...refs],
        fields: ['kind', 'metadata', 'spec', 'relations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items;
  }
}

function targetsOf(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef.toLowerCase());
}
