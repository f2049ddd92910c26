import type { UserInfoService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { onlyOwned } from './ownership';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * What every signed-in person may do besides reading: put their own software into the catalog, use
 * templates, ask for services, and learn. A step that acts on something else asks that plugin again,
 * as the same person. Who may vote on a change, own a service or learn for whom is decided by those
 * plugins themselves, whatever a policy allows.
 */
const EVERYBODY = new Set([
  'cab.change.comment',
  'cab.change.vote',
  'cab.exception.request',
  'catalog.entity.create',
  'catalog.entity.validate',
  'catalog.location.analyze',
  'catalog.location.create',
  'provisioning.request.create',
  'dojo.learn',
  'dojo.review',
  'scaffolder.action.execute',
  'scaffolder.task.create',
]);

/**
 * Who may do what in this portal, in the order the rules are tried:
 *
 * 1. nobody without signing in;
 * 2. the platform team may do everything;
 * 3. everybody who is signed in may read, learn, register software and run templates;
 * 4. the owner of an entity may change it (refresh, unregister, mark its deployments, ask for changes);
 * 5. whoever started a template run may stop it;
 * 6. everything else is refused, so that a new plugin's mutations stay with the platform team
 *    (event ingestion and the intake among them) until a rule here says otherwise.
 */
export class PortalPolicy implements PermissionPolicy {
  readonly #userInfo: UserInfoService;
  readonly #platformTeams: ReadonlySet<string>;

  constructor(options: {
    userInfo: UserInfoService;
    /** Entity references of the groups that run the portal. */
    platformTeams: string[];
  }) {
    this.#userInfo = options.userInfo;
    this.#platformTeams = new Set(options.platformTeams);
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(user.credentials);
    if (ownershipEntityRefs.some(ref => this.#platformTeams.has(ref))) {
      return ALLOW;
    }
    if (
      permission.attributes.action === 'read' ||
      EVERYBODY.has(permission.name)
    ) {
      return ALLOW;
    }
    return (
      onlyOwned(permission, { userEntityRef, ownershipEntityRefs }) ?? DENY
    );
  }
}
