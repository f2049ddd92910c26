import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ChangeResponse } from '@fawkes/backstage-plugin-delivery-common';
import {
  Duration,
  FigureValue,
  Instant,
  MaybeLink,
} from '@fawkes/kit-ui/values';
import {
  FactBadges,
  instantOf,
  nameOf,
  OutcomeLabel,
  usePaths,
} from '../../components/facts';
import { ChangeStages } from '../../components/timeline';
import { deliveryTranslationRef } from '../../translation';
import styles from './Change.module.css';

/** The first production deployment of a service that carried the change. */
export function Destination({
  deployment,
  leadSeconds,
  stages,
}: ChangeResponse['deployments'][number]) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const at = instantOf(deployment);
  return (
    <li className={styles.destination}>
      <div className={styles.head}>
        <span>
          <MaybeLink href={paths.entity(deployment.service, '/delivery')}>
            {deployment.serviceTitle}
          </MaybeLink>{' '}
          <MaybeLink href={paths.deployment(deployment.key)}>
            {nameOf(deployment)} → {deployment.environment}
          </MaybeLink>
        </span>
        <span className={styles.lead}>
          {t('fact.contents.lead')}{' '}
          <FigureValue figure={leadSeconds} showReason>
            {seconds => <Duration seconds={seconds} />}
          </FigureValue>
        </span>
      </div>
      <div className={styles.facts}>
        <OutcomeLabel deployment={deployment} />
        <FactBadges deployment={deployment} />
        {at ? <Instant at={at} /> : null}
      </div>
      <ChangeStages
        stages={stages}
        label={t('fact.stages.label', { change: deployment.serviceTitle })}
      />
    </li>
  );
}
