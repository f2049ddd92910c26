import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentResponse,
  FailureCause,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  Duration,
  ExternalLink,
  Instant,
  MaybeLink,
  Section,
  useSaid,
} from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';

/** Why it counts as failed, and what mended it. */
export function Failure({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const { deployment, recovery, causes, reworkSaid } = data;
  return (
    <Section
      title={
        deployment.failed
          ? t('fact.failure.title')
          : t('fact.failure.overruled')
      }
    >
      <ul className={styles.causes}>
        {causes.map(cause => (
          <li key={`${cause.cause} ${cause.fact?.key ?? ''}`}>
            <strong>{t(`fact.failure.cause.${cause.cause}`)}</strong>:{' '}
            <CauseText cause={cause} data={data} />
          </li>
        ))}
      </ul>
      {deployment.failed ? (
        <p className={styles.recovery}>
          <strong>{t('fact.failure.recovery')}</strong>:{' '}
          {recovery ? (
            <>
              {t(`fact.failure.by.${recovery.by}`)}{' '}
              {deployment.recoverySeconds !== null ? (
                <>
                  {t('fact.failure.after')}{' '}
                  <Duration seconds={deployment.recoverySeconds} />,{' '}
                </>
              ) : null}
              <Instant at={recovery.at} />
              <RecoveryFact data={data} />
            </>
          ) : (
            t('fact.failure.open')
          )}
        </p>
      ) : null}
      {reworkSaid ? (
        <p className={styles.quiet}>{speak(reworkSaid, reworkSaid.text)}</p>
      ) : null}
    </Section>
  );
}

/** An incident is opened in its tool, a deployment on its page. */
function CauseText({
  cause,
  data,
}: {
  cause: FailureCause;
  data: DeploymentResponse;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const text = useSaid()(cause, cause.text);
  if (cause.hidden) return <>{t('fact.failure.hidden')}</>;
  if (!cause.fact) return <>{text}</>;
  const { key, id } = cause.fact;
  if (cause.cause === 'incident') {
    const incident = data.incidents.find(each => each.key === key);
    return (
      <TextWithLink
        text={text}
        name={incident?.title ?? id}
        href={incident?.url ?? null}
      />
    );
  }
  return (
    <>
      {text} <MaybeLink href={paths.deployment(key)}>{id}</MaybeLink>
    </>
  );
}

/** A sentence with the name in it linked, or behind it where it does not say it. */
function TextWithLink({
  text,
  name,
  href,
}: {
  text: string;
  name: string;
  href: string | null;
}) {
  const at = text.indexOf(name);
  const [before, after] =
    at < 0
      ? [`${text} `, '']
      : [text.slice(0, at), text.slice(at + name.length)];
  return (
    <>
      {before}
      <ExternalLink href={href}>{name}</ExternalLink>
      {after}
    </>
  );
}

/** What mended it, to look at. */
function RecoveryFact({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const { recovery, incidents } = data;
  if (recovery?.hidden) return <> · {t('fact.failure.hidden')}</>;
  if (!recovery?.fact) return null;
  const { key, id } = recovery.fact;
  if (recovery.by === 'incident-resolved') {
    const incident = incidents.find(each => each.key === key);
    return (
      <>
        {' · '}
        <ExternalLink href={incident?.url ?? null}>
          {incident?.title ?? id}
        </ExternalLink>
      </>
    );
  }
  return key === data.deployment.key ? null : (
    <>
      {' · '}
      <MaybeLink href={paths.deployment(key)}>{id}</MaybeLink>
    </>
  );
}
