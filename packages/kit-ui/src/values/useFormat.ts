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
  /** BCP 47 language of the app. */
  locale: string;
  /** As people say it: `4 h 15 min`. */
  duration(seconds: number): string;
  /** Without rounding. */
  exactDuration(seconds: number): string;
  /** 0..1 as percent. */
  rate(rate: number): string;
  /** A part of a whole, without decimals: `38 %`. */
  share(share: number): string;
  /** With the thousands of the language. */
  count(count: number): string;
  /** In the unit people would use: `2 /week`. */
  perDay(perDay: number): string;
  /** On the clock of the zone. */
  instant(iso: string): string;
  /** With seconds and the zone. */
  exactInstant(iso: string): string;
  /** Only the day. */
  day(iso: string): string;
  /** How long ago, or until. */
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
