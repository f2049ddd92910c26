import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a service's delivery facts; the resource ref is the
 * Component's entity ref.
 * @public
 */
export const RESOURCE_TYPE_SERVICE = 'delivery-service';

/** Read the metrics and facts of a service. @public */
export const deliveryMetricsReadPermission = createPermission({
  name: 'delivery.metrics.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SERVICE,
});

/** Mark a deployment of a service as failed or not failed by hand. @public */
export const deliveryDeploymentMarkPermission = createPermission({
  name: 'delivery.deployment.mark',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SERVICE,
});

/** Set labels on deployments, and take them away; for other plugins. @public */
export const deliveryDeploymentLabelPermission = createPermission({
  name: 'delivery.deployment.label',
  attributes: { action: 'update' },
});

/** Send events. @public */
export const deliveryEventsWritePermission = createPermission({
  name: 'delivery.events.write',
  attributes: { action: 'create' },
});

/** See the intake: sources, lag, rejected events with their payloads. @public */
export const deliveryIntakeReadPermission = createPermission({
  name: 'delivery.intake.read',
  attributes: { action: 'read' },
});

/** Replay rejected events, start backfills, remove a source's facts. @public */
export const deliveryIntakeManagePermission = createPermission({
  name: 'delivery.intake.manage',
  attributes: { action: 'update' },
});

/** Every permission of the delivery plugin. @public */
export const deliveryPermissions = [
  deliveryMetricsReadPermission,
  deliveryDeploymentMarkPermission,
  deliveryDeploymentLabelPermission,
  deliveryEventsWritePermission,
  deliveryIntakeReadPermission,
  deliveryIntakeManagePermission,
];
