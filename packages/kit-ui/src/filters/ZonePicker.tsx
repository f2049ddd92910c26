import { Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiGlobalLine } from '@remixicon/react';
import { useMemo } from 'react';
import { kitUiTranslationRef } from '../translation';
import { browserZone } from './timeWindow';
import styles from './filters.module.css';

/** What {@link ZonePicker} takes. @public */
export interface ZonePickerProps {
  /** IANA zone. */
  value: string;
  /** Another IANA zone was chosen. */
  onChange: (tz: string) => void;
}

/** The zone in which days and weeks begin. @public */
export function ZonePicker({ value, onChange }: ZonePickerProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const options = useMemo(() => {
    const zones = new Set([
      browserZone(),
      value,
      'UTC',
      ...Intl.supportedValuesOf('timeZone'),
    ]);
    return [...zones].map(zone => ({ id: zone, label: zone }));
  }, [value]);
  return (
    <Select
      aria-label={t('zone.title')}
      icon={<RiGlobalLine aria-hidden />}
      search={{ placeholder: t('zone.search') }}
      options={options}
      selectedKey={value}
      onSelectionChange={key => {
        if (key) onChange(String(key));
      }}
      className={styles.zone}
    />
  );
}
