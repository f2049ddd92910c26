import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { DeploymentSummary } from '@fawkes/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import styles from './facts.module.css';

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
  const shown = badges.filter(badge => typeof badge === 'string');
  if (shown.length === 0) return null;
  return (
    <span className={styles.badges}>
      {shown.map(badge => (
        <Badge key={badge} size="small">
          {badge}
        </Badge>
      ))}
    </span>
  );
}
