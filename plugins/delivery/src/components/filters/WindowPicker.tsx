import { useState } from 'react';
import {
  Button,
  DialogTrigger,
  Popover,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiCalendarLine } from '@remixicon/react';
import { DateTime } from 'luxon';
import { deliveryTranslationRef } from '../../translation';
import { useFormat } from '../../format';
import { WINDOW_DAYS, type DeliveryView } from './deliveryView';
import overlays from '../overlays/overlays.module.css';
import styles from './filters.module.css';

/** @public */
export interface WindowPickerProps {
  value: DeliveryView['window'];
  /** The window as `[from, to)` dates, to start a choice of one's own from. */
  dates: { from: string; to: string };
  onChange: (window: DeliveryView['window']) => void;
}

const shifted = (date: string, days: number) =>
  DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? date;

/** The last 30, 60 or 90 days, or dates of one's own. @public */
export function WindowPicker({ value, dates, onChange }: WindowPickerProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { locale } = useFormat();
  const custom = 'from' in value ? value : undefined;
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeZone: 'UTC',
    }).format(new Date(date));
  return (
    <div className={styles.window}>
      <ToggleButtonGroup
        aria-label={t('filter.window.title')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={'days' in value ? [String(value.days)] : []}
        onSelectionChange={keys => {
          const [days] = keys;
          if (days) onChange({ days: Number(days) });
        }}
      >
        {WINDOW_DAYS.map(days => (
          <ToggleButton key={days} id={String(days)}>
            {t('filter.window.days', { number: String(days) })}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <DialogTrigger>
        <Button variant="secondary" iconStart={<RiCalendarLine aria-hidden />}>
          {custom
            ? t('filter.window.custom', {
                from: day(custom.from),
                to: day(shifted(custom.to, -1)),
              })
            : t('filter.window.choose')}
        </Button>
        <Popover
          placement="bottom start"
          className={overlays.panel}
          aria-label={t('filter.window.choose')}
        >
          <DatesForm
            key={`${dates.from}${dates.to}`}
            dates={dates}
            onChange={onChange}
          />
        </Popover>
      </DialogTrigger>
    </div>
  );
}

/** Two dates, both included as people mean it. */
function DatesForm({
  dates,
  onChange,
}: {
  dates: { from: string; to: string };
  onChange: WindowPickerProps['onChange'];
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [first, setFirst] = useState(dates.from);
  const [last, setLast] = useState(shifted(dates.to, -1));
  const isValid = Boolean(first && last && first <= last);
  return (
    <form
      className={styles.picker}
      onSubmit={event => {
        event.preventDefault();
        if (isValid) onChange({ from: first, to: shifted(last, 1) });
      }}
    >
      <label className={styles.date}>
        {t('filter.window.first')}
        <input
          type="date"
          value={first}
          max={last}
          onChange={event => setFirst(event.target.value)}
        />
      </label>
      <label className={styles.date}>
        {t('filter.window.last')}
        <input
          type="date"
          value={last}
          min={first}
          onChange={event => setLast(event.target.value)}
        />
      </label>
      {isValid ? null : (
        <Text as="p" variant="body-small" color="danger" role="alert">
          {t('filter.window.invalid')}
        </Text>
      )}
      <Button type="submit" size="small" isDisabled={!isValid}>
        {t('filter.window.apply')}
      </Button>
    </form>
  );
}
