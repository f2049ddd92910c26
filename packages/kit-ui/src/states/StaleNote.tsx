import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { kitUiTranslationRef } from '../translation';
import { formatAgo, formatExactInstant, useFormat, useNow } from '../values';
import styles from './states.module.css';

/** What {@link StaleNote} takes. @public */
export interface StaleNoteProps {
  /** Up to when facts are in the numbers, ISO 8601 UTC. */
  asOf: string;
  /** IANA zone to tell the time in; the browser's when left out. */
  tz?: string;
  /** Newer numbers are being loaded. */
  isUpdating?: boolean;
  /** The last attempt to load newer numbers failed. */
  hasFailed?: boolean;
}

/** "Facts up to 12:03, 4 s ago", and whether newer ones are on their way. @public */
export function StaleNote({ asOf, tz, isUpdating, hasFailed }: StaleNoteProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const { locale } = useFormat();
  const now = useNow(5_000);
  const time = new Intl.DateTimeFormat(locale, {
    timeStyle: 'short',
    timeZone: tz,
  }).format(new Date(asOf));
  // Clocks differ: what is a moment in the future here is "now".
  const ago = formatAgo(
    asOf,
    new Date(Math.max(now, Date.parse(asOf))).toISOString(),
    locale,
  );
  return (
    <Text
      as="p"
      variant="body-small"
      color="secondary"
      className={styles.asOf}
      title={formatExactInstant(asOf, tz, locale)}
    >
      {t('state.asOf', { time, ago })}
      <span role="status">
        {isUpdating ? ` ${t('state.updating')}` : null}
        {hasFailed && !isUpdating ? ` ${t('state.updateFailed')}` : null}
      </span>
    </Text>
  );
}
