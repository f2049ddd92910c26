import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionTransformer,
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { deliveryMetricsReadPermission } from '@fawkes/backstage-plugin-delivery-common';
import {
  deliveryServiceResourceRef,
  type DeliveryService,
  type DeliveryServiceFilter,
} from './rules';

/** What a caller may do, asked of the permission framework. */
export class ServiceAccess {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly registry: PermissionsRegistryService,
  ) {}

  /** Which services the caller may read; refuses who may read none. */
  readable(credentials: BackstageCredentials): Promise<DeliveryServiceFilter> {
    return this.filter(deliveryMetricsReadPermission, credentials);
  }

  /**
   * The services a permission covers, as a filter.
   *
   * @throws NotAllowedError when it covers none
   */
  async filter(
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<DeliveryServiceFilter> {
    const [decision] = await this.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.DENY)
      throw refused(permission.name);
    if (decision.result !== AuthorizeResult.CONDITIONAL) return () => true;
    const transform = createConditionTransformer(
      this.registry.getPermissionRuleset(deliveryServiceResourceRef),
    );
    return toFilter(transform(decision.conditions));
  }

  /** Whether the caller may do something to one service. */
  async may(
    permission: ResourcePermission,
    service: DeliveryService,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    try {
      return (await this.filter(permission, credentials))(service);
    } catch (error) {
      if (error instanceof NotAllowedError) return false;
      throw error;
    }
  }

  /** @throws NotAllowedError unless the caller has the permission */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW)
      throw refused(permission.name);
  }
}

function toFilter(
  criteria: PermissionCriteria<DeliveryServiceFilter>,
): DeliveryServiceFilter {
  if (isAndCriteria(criteria)) {
    const parts = criteria.allOf.map(toFilter);
    return service => parts.every(part => part(service));
  }
  if (isOrCriteria(criteria)) {
    const parts = criteria.anyOf.map(toFilter);
    return service => parts.some(part => part(service));
  }
  if (isNotCriteria(criteria)) {
    const part = toFilter(criteria.not);
    return service => !part(service);
  }
  return criteria;
}

function refused(permission: string): NotAllowedError {
  return new NotAllowedError(
    `This needs the permission '${permission}', which you do not have`,
  );
}
