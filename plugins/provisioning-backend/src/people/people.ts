import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { provisioningRequestOperatePermission } from '@fawkes/backstage-plugin-provisioning-common';
import type { Somebody } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { Rights } from '../store/tables';

/** The portal itself: what it does when practice has ended. */
export const OURSELVES = 'plugin:provisioning';

/** What knowing people needs. */
export interface PeopleOptions {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  userInfo: UserInfoService;
  /** Entity refs of the groups that run the portal. */
  platformGroups: readonly string[];
  /** Ids of plugins that may end practice. */
  practiceEnders: ReadonlySet<string>;
}

/** Whoever began something, and by what right. */
export interface Initiator {
  /** Entity ref of a person, or `plugin:<id>`. */
  ref: string;
  rights: Rights;
}

/** Who somebody is: by sign-in while they ask, by the catalog afterwards. */
export class People {
  constructor(private readonly options: PeopleOptions) {}

  /** Whoever asks, as sign-in and policy say. */
  async somebody(viewer: Viewer): Promise<Somebody> {
    const platform = await viewer.can(provisioningRequestOperatePermission);
    if (viewer.userRef === undefined) {
      return { userRef: undefined, ownershipRefs: [], platform };
    }
    const { ownershipEntityRefs } = await this.options.userInfo.getUserInfo(
      viewer.credentials,
    );
    return {
      userRef: viewer.userRef,
      ownershipRefs: ownershipEntityRefs,
      platform,
    };
  }

  /** What a person owns as of now; undefined when the catalog does not know them. */
  async ownershipOf(userRef: string): Promise<string[] | undefined> {
    const credentials = await this.options.auth.getOwnServiceCredentials();
    const entity = await this.options.catalog.getEntityByRef(userRef, {
      credentials,
    });
    if (!entity) return undefined;
    const groups = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef);
    return [userRef, ...groups];
  }

  /** Whether somebody still has the right by which a run began. */
  async stillMay({ ref, rights }: Initiator, owner: string): Promise<boolean> {
    const { platformGroups, practiceEnders } = this.options;
    if (rights === 'plugin') {
      return ref === OURSELVES || practiceEnders.has(pluginOf(ref) ?? '');
    }
    const owned = await this.ownershipOf(ref);
    if (!owned) return false;
    if (rights === 'owner') return owned.includes(owner);
    if (rights === 'platform') {
      return platformGroups.some(group => owned.includes(group));
    }
    return true;
  }

  /** The plugin behind a service's credentials, when it may end practice. */
  practiceEnder({ principal }: BackstageCredentials): string | undefined {
    const { type, subject } = principal as { type?: string; subject?: string };
    if (type !== 'service' || subject === undefined) return undefined;
    const id = pluginOf(subject);
    return id !== undefined && this.options.practiceEnders.has(id)
      ? subject
      : undefined;
  }
}

function pluginOf(ref: string): string | undefined {
  return ref.startsWith('plugin:') ? ref.slice('plugin:'.length) : undefined;
}
