/** How much depends on an entity: `1`, `2`, `3`, `tier-1` … or `critical`. @public */
export const ANNOTATION_CAB_TIER = 'fawkes.dev/cab-tier';
/** Whether an entity can do everything: `true` for GPU hosts and the like. @public */
export const ANNOTATION_CAB_PRIVILEGED = 'fawkes.dev/cab-privileged';

/**
 * How far change approval goes for an entity: `off`, `observe` or `enforce`. By
 * itself it can only ask for more than the operator says.
 * @public
 */
export const ANNOTATION_CAB = 'fawkes.dev/cab';

/** Values of the tier that are the highest one. @public */
export const TIER_1: readonly string[] = ['1', 'tier-1', 'critical'];
/** Values of the tier that are a lower one. @public */
export const LOWER_TIERS: readonly string[] = [
  '2',
  '3',
  '4',
  'tier-2',
  'tier-3',
  'tier-4',
];
