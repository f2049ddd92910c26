import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  ContainedChange,
  DeploymentResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { useState } from 'react';
import {
  Duration,
  ExternalLink,
  FigureValue,
  Instant,
  MaybeLink,
  Section,
  useSaid,
} from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/facts';
import { ChangeStages } from '../../components/timeline';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';

/** So many at first, and so many more each time. */
const STEP = 25;

/** What the deployment carried, and how that was found out. */
export function Contents({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const [shown, setShown] = useState(STEP);
  const { deployment, changes, changesHidden, methodSaid, confidenceSaid } =
    data;
  const method = speak(methodSaid, methodSaid.text);
  const foundBy = confidenceSaid
    ? `${method} (${speak(confidenceSaid, confidenceSaid.text)})`
    : method;
  const { changesCut, seedRepositories } = data;
  const rest = changes.length - shown;
  const title =
    deployment.method === 'none'
      ? t('fact.contents.title', { count: deployment.changes })
      : t('fact.contents.titleFound', {
          changes: t('fact.changes', { count: deployment.changes }),
          method: t(`fact.method.${deployment.method}`),
          confidence: t(`fact.confidence.${deployment.confidence}`),
        });
  return (
    <Section title={title} description={foundBy}>
      {changes.length === 0 && !changesHidden ? (
        <p className={styles.quiet}>
          {deployment.seed ? t('fact.contents.seed') : t('fact.contents.empty')}
        </p>
      ) : null}
      {changes.length > 0 ? (
        <ol className={styles.changes}>
          {changes.slice(0, shown).map(change => (
            <ChangeItem key={change.key} change={change} />
          ))}
        </ol>
      ) : null}
      {rest > 0 ? (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setShown(shown + STEP)}
        >
          {t('fact.more', { count: rest })}
        </Button>
      ) : null}
      {changesCut ? (
        <p className={styles.quiet}>{t('fact.contents.cut')}</p>
      ) : null}
      {!deployment.seed && seedRepositories.length > 0 ? (
        <p className={styles.quiet}>
          {t('fact.contents.seedOf', {
            repositories: seedRepositories.join(', '),
          })}
        </p>
      ) : null}
      {changesHidden ? (
        <p className={styles.quiet}>{t('fact.contents.hidden')}</p>
      ) : null}
    </Section>
  );
}

function ChangeItem({ change }: { change: ContainedChange }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const short = change.kind === 'commit' ? change.id.slice(0, 10) : change.id;
  const title = change.title ?? short;
  return (
    <li className={styles.change}>
      <div className={styles.changeHead}>
        <MaybeLink href={paths.change(change.key)}>{title}</MaybeLink>
        <span className={styles.lead}>
          {t('fact.contents.lead')}{' '}
          <FigureValue figure={change.leadSeconds} showReason>
            {seconds => <Duration seconds={seconds} />}
          </FigureValue>
        </span>
      </div>
      <div className={styles.changeFacts}>
        <span>
          {change.repository}{' '}
          <ExternalLink href={change.url}>
            {change.kind === 'pull_request' ? `#${short}` : short}
          </ExternalLink>
        </span>
        {change.pullRequest ? (
          <span>
            {t('fact.contents.cameBy')}{' '}
            <ExternalLink href={change.pullRequest.url}>
              #{change.pullRequest.number}
              {change.pullRequest.title ? ` ${change.pullRequest.title}` : ''}
            </ExternalLink>
          </span>
        ) : null}
        {change.committedAt ? <Instant at={change.committedAt} /> : null}
        {change.clamped ? <span>{t('fact.contents.clamped')}</span> : null}
      </div>
      <ChangeStages
        stages={change.stages}
        label={t('fact.stages.label', { change: title })}
      />
    </li>
  );
}
