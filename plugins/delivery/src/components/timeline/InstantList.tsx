import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Instant, useFormat } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './timeline.module.css';

/** A named moment in the life of a change. */
export interface NamedInstant {
  name: string;
  /** ISO 8601, UTC. */
  at: string;
}

const KNOWN = [
  'authored',
  'committed',
  'pushed',
  'opened',
  'ready',
  'firstReview',
  'approved',
  'merged',
  'closed',
] as const;
type Known = (typeof KNOWN)[number];

const isKnown = (name: string): name is Known =>
  (KNOWN as readonly string[]).includes(name);

/** The moments in order, each with the time since the one before. */
export function InstantList({
  instants,
  label,
  tz,
}: {
  instants: readonly NamedInstant[];
  label: string;
  tz?: string;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat(tz);
  return (
    <ol className={styles.instants} aria-label={label}>
      {instants.map(({ name, at }, index) => {
        const before = instants[index - 1];
        const gap = before && (Date.parse(at) - Date.parse(before.at)) / 1000;
        return (
          <li key={`${name} ${at}`} className={styles.instant}>
            <span className={styles.moment}>
              {isKnown(name) ? t(`fact.instant.${name}`) : name}
            </span>
            <Instant at={at} tz={tz} />
            {gap !== undefined && gap > 0 ? (
              <span className={styles.gap}>
                {t('fact.instant.later', { duration: format.duration(gap) })}
              </span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
