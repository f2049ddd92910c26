import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { CalendarPeriod } from '@fawkes/backstage-plugin-cab-common';
import { Instant, layout, MaybeLink, Section } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { cabTranslationRef } from '../../translation';
import styles from './calendar.module.css';

/** From when to when, on the clock of whoever looks. */
export function Range({ from, to }: { from: string; to: string }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <span className={styles.range}>
      <Instant at={from} /> {t('calendar.to')} <Instant at={to} />
    </span>
  );
}

/** Freezes, or maintenance windows, in order. */
export function Periods({
  kind,
  periods,
}: {
  kind: CalendarPeriod['kind'];
  periods: readonly CalendarPeriod[];
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const own = periods.filter(each => each.kind === kind);
  const title = t(`calendar.${kind}`);
  return (
    <Section title={title} description={t(`calendar.${kind}Text`)}>
      {own.length === 0 ? (
        <Text as="p" variant="body-medium" color="secondary">
          {t(`calendar.${kind}None`)}
        </Text>
      ) : (
        <ul className={layout.rows} aria-label={title}>
          {own.map(period => (
            <li key={`${period.rule} ${period.from}`}>
              <strong>{period.title}</strong>
              <Range {...period} />
              <span className={layout.small}>
                <Where period={period} /> ·{' '}
                {t('calendar.zone', { zone: period.zone })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Where({ period: { entities } }: { period: CalendarPeriod }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  if (!entities) return <>{t('calendar.everything')}</>;
  return (
    <>
      {entities.map(({ ref, title }, at) => (
        <span key={ref}>
          {at > 0 ? ', ' : null}
          <MaybeLink href={paths.entity(ref, '/changes')}>{title}</MaybeLink>
        </span>
      ))}
    </>
  );
}
