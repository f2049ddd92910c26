import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentSummary,
  Label,
} from '@fawkes/backstage-plugin-delivery-common';
import { Badges } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';

/** As much of a label as fits beside a name; its page has all of it. */
const LONGEST = 28;

/** A deployment, in lists with what other plugins say about it. */
export type ShownDeployment = DeploymentSummary & {
  labels?: readonly Label[];
};

/** What else is worth knowing about a deployment at a glance. */
export function FactBadges({
  deployment,
  hideOrigin = false,
}: {
  deployment: ShownDeployment;
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
    ...(deployment.labels ?? []).map(label => shorten(label.text)),
  ];
  const words = badges.filter(badge => typeof badge === 'string');
  return <Badges items={[...new Set(words)]} />;
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
