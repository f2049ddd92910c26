import {
  appLanguageApiRef,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { kitUiTranslationRef } from '../translation';
import { formatDuration, formatExactDuration } from './formatDuration';
import {
  formatAgo,
  formatDay,
  formatExactInstant,
  formatInstant,
} from './formatInstant';
import { formatCount, formatPerDay, formatRate } from './formatNumbers';

/** The formatters, bound to the language and zone of the person. @public */
export interface Format {
  locale: string;
  duration(seconds: number): string;
  exactDuration(seconds: number): string;
  rate(rate: number): string;
  /** A part of a whole, without decimals: `38 %`. */
  share(share: number): string;
  count(count: number): string;
  perDay(perDay: number): string;
  instant(iso: string): string;
  exactInstant(iso: string): string;
  day(iso: string): string;
  ago(iso: string, now: string): string;
}

/**
 * Formatters in the language the app is shown in.
 *
 * @param tz - IANA time zone; the browser's when left out
 * @public
 */
export function useFormat(tz?: string): Format {
  // `t` changes with the language, which is what makes the memo follow it.
  const { t } = useTranslationRef(kitUiTranslationRef);
  const language = useApiHolder().get(appLanguageApiRef)?.getLanguage();
  const locale = language?.language ?? 'en';

  return useMemo(
    () => ({
      locale,
      duration: seconds => formatDuration(seconds, locale),
      exactDuration: seconds => formatExactDuration(seconds, locale),
      rate: rate => formatRate(rate, locale),
      share: share => formatRate(Math.round(share * 100) / 100, locale),
      count: count => formatCount(count, locale),
      perDay: perDay =>
        formatPerDay(perDay, locale, {
          day: t('format.perDay'),
          week: t('format.perWeek'),
          month: t('format.perMonth'),
        }),
      instant: iso => formatInstant(iso, tz, locale),
      exactInstant: iso => formatExactInstant(iso, tz, locale),
      day: iso => formatDay(iso, tz, locale),
      ago: (iso, now) => formatAgo(iso, now, locale),
    }),
    [locale, t, tz],
  );
}
