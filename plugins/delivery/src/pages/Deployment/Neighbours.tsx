import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import type { DeploymentResponse } from '@fawkes/backstage-plugin-delivery-common';
import { RiArrowLeftLine, RiArrowRightLine } from '@remixicon/react';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';

/** The deployments before and after this one in its chain. */
export function Neighbours({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const previous = data.previous && paths.deployment(data.previous.key);
  const next = data.next && paths.deployment(data.next.key);
  if (!previous && !next) return null;
  return (
    <nav className={styles.neighbours} aria-label={t('fact.deployment.chain')}>
      {previous ? (
        <ButtonLink
          size="small"
          variant="secondary"
          href={previous}
          iconStart={<RiArrowLeftLine aria-hidden />}
        >
          {t('fact.deployment.previous')}
        </ButtonLink>
      ) : null}
      {next ? (
        <ButtonLink
          size="small"
          variant="secondary"
          href={next}
          iconEnd={<RiArrowRightLine aria-hidden />}
        >
          {t('fact.deployment.next')}
        </ButtonLink>
      ) : null}
    </nav>
  );
}
