import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  isResourcePermission,
  type BasicPermission,
  type Permission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import { entitiesBelow, type Downward } from './entitiesBelow';

/** What of an entity is fetched. */
const FIELDS = ['kind', 'metadata', 'spec', 'relations'];

/** What viewers are made of. @public */
export interface ViewerServices {
  /** Decides by the policy of the portal. */
  permissions: PermissionsService;
  /** Knows the rules that conditions are made of. */
  registry: PermissionsRegistryService;
  /** What the viewer sees of it is what this answers for their credentials. */
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'streamEntities'>;
  /** The resource types of the family, by which conditions are decided. */
  resources: readonly PermissionResourceRef<any, any>[];
}

/** Decides about resources of one type. @public */
export type ResourceFilter<T = any> = (resource: T) => boolean;

/**
 * Whoever asks, for the length of one request: what they may do and what of the
 * catalog they see. Everything is asked for once; what is known to be needed is
 * asked for together.
 * @public
 */
export class Viewer {
  /** The person, also when a service acts for one; undefined for services. */
  readonly userRef: string | undefined;
  readonly #decisions = new Map<string, Promise<PolicyDecision>>();
  readonly #entities = new Map<string, Promise<Entity | undefined>>();
  readonly #every = new Map<string, Promise<Entity[]>>();

  constructor(
    /** Theirs, to ask others on their behalf. */
    readonly credentials: BackstageCredentials,
    private readonly services: ViewerServices,
  ) {
    this.userRef = userOf(credentials);
  }

  /** Asks about several permissions in one round. */
  async ask(permissions: readonly Permission[]): Promise<void> {
    const open = permissions.filter(({ name }) => !this.#decisions.has(name));
    const resource = open.filter(permission =>
      isResourcePermission(permission),
    );
    const basic = open.filter(
      (permission): permission is BasicPermission =>
        !isResourcePermission(permission),
    );
    const { permissions: service } = this.services;
    const options = { credentials: this.credentials };
    this.#remember(resource, () =>
      service.authorizeConditional(
        resource.map(permission => ({ permission })),
        options,
      ),
    );
    this.#remember(basic, () =>
      service.authorize(
        basic.map(permission => ({ permission })),
        options,
      ),
    );
    await Promise.all(permissions.map(({ name }) => this.#decisions.get(name)));
  }

  #remember(
    permissions: readonly Permission[],
    fetch: () => Promise<PolicyDecision[]>,
  ): void {
    if (permissions.length === 0) return;
    const round = fetch();
    permissions.forEach(({ name }, index) => {
      const decision = round.then(decisions => decisions[index]);
      // Whoever waits for it is told; nobody has to.
      decision.catch(() => undefined);
      this.#decisions.set(name, decision);
    });
  }

  async #decision(permission: Permission): Promise<PolicyDecision> {
    await this.ask([permission]);
    return this.#decisions.get(permission.name)!;
  }

  /**
   * Refuses whoever lacks the permission; with a resource permission, whoever
   * has it for no resource at all.
   *
   * @throws NotAllowedError naming the permission
   */
  async require(permission: Permission): Promise<void> {
    const { result } = await this.#decision(permission);
    const may =
      result === AuthorizeResult.ALLOW ||
      (result === AuthorizeResult.CONDITIONAL &&
        isResourcePermission(permission));
    if (!may) throw refused(permission.name);
  }

  /** Whether the viewer has a permission that is about no resource. */
  async can(permission: BasicPermission): Promise<boolean> {
    const { result } = await this.#decision(permission);
    return result === AuthorizeResult.ALLOW;
  }

  /**
   * The person, on a route that is for people.
   *
   * @throws NotAllowedError for services
   */
  person(): string {
    if (this.userRef === undefined) {
      throw new NotAllowedError('Only a person may do this');
    }
    return this.userRef;
  }

  /**
   * The resources a permission covers, as a filter.
   *
   * @throws NotAllowedError when it covers none
   */
  async filter<T = any>(
    permission: ResourcePermission,
  ): Promise<ResourceFilter<T>> {
    const decision = await this.#decision(permission);
    if (decision.result === AuthorizeResult.DENY) {
      throw refused(permission.name);
    }
    if (decision.result === AuthorizeResult.ALLOW) return () => true;
    const { registry, resources } = this.services;
    const ref = resources.find(
      ({ resourceType }) => resourceType === permission.resourceType,
    );
    if (!ref) {
      throw new Error(`No viewer knows resources '${permission.resourceType}'`);
    }
    const decide = createConditionAuthorizer(
      registry.getPermissionRuleset(ref),
    );
    return resource => decide(decision, resource);
  }

  /** Whether a permission covers one resource; a basic one is of no resource. */
  async may(permission: BasicPermission): Promise<boolean>;
  async may(
    permission: ResourcePermission,
    resource: unknown,
  ): Promise<boolean>;
  async may(permission: Permission, resource?: unknown): Promise<boolean> {
    const { result } = await this.#decision(permission);
    if (result === AuthorizeResult.DENY) return false;
    if (!isResourcePermission(permission)) return true;
    return (await this.filter(permission))(resource);
  }

  /**
   * Entities as this viewer may see them, by reference; those that do not exist
   * and those that are hidden are left out alike.
   */
  async entities(refs: readonly string[]): Promise<Map<string, Entity>> {
    const wanted = [...new Set(refs)];
    const open = wanted.filter(ref => !this.#entities.has(ref));
    if (open.length > 0) {
      const round = this.services.catalog.getEntitiesByRefs(
        { entityRefs: open, fields: FIELDS },
        { credentials: this.credentials },
      );
      open.forEach((ref, index) => {
        const entity = round.then(({ items }) => items[index]);
        entity.catch(() => undefined);
        this.#entities.set(ref, entity);
      });
    }
    const found = await Promise.all(
      wanted.map(async ref => [ref, await this.#entities.get(ref)] as const),
    );
    return new Map(
      found.filter((pair): pair is [string, Entity] => pair[1] !== undefined),
    );
  }

  /** What an entity consists of, all levels down; see {@link entitiesBelow}. */
  below(root: Entity, downward: Downward): Promise<Entity[]> {
    return entitiesBelow(root, downward, refs => this.entities(refs));
  }

  /** Every entity of a kind that this viewer may see, a page at a time. */
  async every(kind: string): Promise<Entity[]> {
    const { catalog } = this.services;
    const load = async () => {
      const entities: Entity[] = [];
      for await (const some of catalog.streamEntities(
        { filter: { kind }, fields: FIELDS },
        { credentials: this.credentials },
      )) {
        entities.push(...some);
      }
      return entities;
    };
    const known = this.#every.get(kind) ?? load();
    this.#every.set(kind, known);
    return known;
  }
}

function userOf({ principal }: BackstageCredentials): string | undefined {
  const person = principal as { type?: string; userEntityRef?: string };
  return person.type === 'user' ? person.userEntityRef : undefined;
}

function refused(permission: string): NotAllowedError {
  return new NotAllowedError(
    `This needs the permission '${permission}', which you do not have`,
  );
}
