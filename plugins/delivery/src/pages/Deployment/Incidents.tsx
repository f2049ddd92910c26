import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeploymentResponse } from '@fawkes/backstage-plugin-delivery-common';
import {
  Duration,
  ExternalLink,
  FigureValue,
  Instant,
  Section,
} from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';

/**
 * The incidents linked to the deployment, and by which rule. That there are
 * others which the reader may not see is said, since the verdict rests on them.
 */
export function Incidents({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { incidents, causes } = data;
  const areHidden = causes.some(cause => cause.hidden);
  if (incidents.length === 0 && !areHidden) return null;
  return (
    <Section
      title={
        areHidden
          ? t('fact.incident.title')
          : t('fact.incidents', { count: incidents.length })
      }
    >
      <ul className={styles.incidents}>
        {incidents.map(incident => (
          <li key={incident.key} className={styles.change}>
            <div className={styles.changeHead}>
              <ExternalLink href={incident.url}>
                {incident.title ?? incident.id}
              </ExternalLink>
              <span className={styles.lead}>
                {incident.resolvedAt ? (
                  <FigureValue figure={incident.durationSeconds}>
                    {seconds => <Duration seconds={seconds} />}
                  </FigureValue>
                ) : (
                  t('fact.incident.open')
                )}
              </span>
            </div>
            <div className={styles.changeFacts}>
              <span>
                {t('fact.incident.opened')} <Instant at={incident.openedAt} />
              </span>
              {incident.resolvedAt ? (
                <span>
                  {t('fact.incident.resolved')}{' '}
                  <Instant at={incident.resolvedAt} />
                </span>
              ) : null}
              {incident.severity ? (
                <span>
                  {t('fact.incident.severity')} {incident.severity}
                </span>
              ) : null}
              {[...new Set(incident.deployments.map(each => each.rule))].map(
                rule => (
                  <span key={rule}>{t(`fact.incident.rule.${rule}`)}</span>
                ),
              )}
            </div>
          </li>
        ))}
        {areHidden ? (
          <li className={styles.quiet}>{t('fact.incident.hidden')}</li>
        ) : null}
      </ul>
    </Section>
  );
}
