import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeploymentSummary } from '@fawkes/backstage-plugin-delivery-common';
import { Badges } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';

/** What else is worth knowing about a deployment at a glance. */
export function FactBadges({
  deployment,
  hideOrigin = false,
}: {
  deployment: DeploymentSummary;
  /** The page says already that it is sample or sandbox data. */
  hideOrigin?: boolean;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const badges: (string | false)[] = [
    deployment.kind !== 'deploy' && t(`fact.kind.${deployment.kind}`),
    deployment.rework && t('fact.badge.rework'),
    deployment.seed && t('fact.badge.seed'),
    !hideOrigin && deployment.sample && t('fact.badge.sample'),
    !hideOrigin && deployment.sandbox && t('fact.badge.sandbox'),
  ];
  return <Badges items={badges.filter(badge => typeof badge === 'string')} />;
}
