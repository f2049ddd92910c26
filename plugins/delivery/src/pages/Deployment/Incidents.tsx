import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Incident } from '@fawkes/backstage-plugin-delivery-common';
import {
  Duration,
  ExternalLink,
  FigureValue,
  Instant,
  Section,
} from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';

/** The incidents linked to the deployment, and by which rule. */
export function Incidents({ incidents }: { incidents: readonly Incident[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Section title={t('fact.incidents', { count: incidents.length })}>
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
      </ul>
    </Section>
  );
}
