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
import { kitUiTranslationRef } from '../translation';
import { focusRing, overlays, useFormat } from '../values';
import { shiftDate, type TimeWindow } from './timeWindow';
import styles from './filters.module.css';

/** What {@link WindowPicker} takes. @public */
export interface WindowPickerProps {
  /** What is chosen. */
  value: TimeWindow;
  /** The window as `[from, to)` dates, to start a choice of one's own from. */
  dates: { from: string; to: string };
  /** Something else was chosen. */
  onChange: (window: TimeWindow) => void;
  /** Lengths on offer, in days. */
  lengths?: readonly number[];
  /** Lengths on offer beside the dates, in days; half a year and a year are called so. */
  more?: readonly number[];
}

/** Lengths on offer when a page names none, in days. */
const LENGTHS = [30, 60, 90];
const MORE = [7, 182, 365];
/** Lengths that people call by months. */
const MONTHS = new Map([
  [182, 6],
  [365, 12],
]);

/** The last so many days, or dates of one's own. @public */
export function WindowPicker({
  value,
  dates,
  onChange,
  lengths = LENGTHS,
  more = MORE,
}: WindowPickerProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const { locale } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const choose = (window: TimeWindow) => {
    setOpen(false);
    onChange(window);
  };
  const custom = 'from' in value ? value : undefined;
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeZone: 'UTC',
    }).format(new Date(date));
  const nameOf = (days: number) => {
    const months = MONTHS.get(days);
    return months === undefined
      ? t('window.days', { number: String(days) })
      : t('window.months', { number: String(months) });
  };
  const ownName = () => {
    if (custom) {
      return t('window.custom', {
        from: day(custom.from),
        to: day(shiftDate(custom.to, -1)),
      });
    }
    return 'days' in value && !lengths.includes(value.days)
      ? nameOf(value.days)
      : t('window.choose');
  };
  return (
    <div className={styles.window}>
      <ToggleButtonGroup
        aria-label={t('window.title')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={'days' in value ? [String(value.days)] : []}
        onSelectionChange={keys => {
          const [days] = keys;
          if (days) onChange({ days: Number(days) });
        }}
      >
        {lengths.map(days => (
          <ToggleButton key={days} id={String(days)}>
            {nameOf(days)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button variant="secondary" iconStart={<RiCalendarLine aria-hidden />}>
          {ownName()}
        </Button>
        <Popover
          placement="bottom start"
          className={overlays.panel}
          aria-label={t('window.choose')}
        >
          <div
            role="group"
            aria-label={t('window.more')}
            className={styles.more}
          >
            {more.map(days => (
              <Button
                key={days}
                variant="secondary"
                size="small"
                onPress={() => choose({ days })}
              >
                {nameOf(days)}
              </Button>
            ))}
          </div>
          <DatesForm
            key={`${dates.from}${dates.to}`}
            dates={dates}
            onChange={choose}
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
  const { t } = useTranslationRef(kitUiTranslationRef);
  const [first, setFirst] = useState(dates.from);
  const [last, setLast] = useState(shiftDate(dates.to, -1));
  const isValid = Boolean(first && last && first <= last);
  return (
    <form
      className={styles.picker}
      onSubmit={event => {
        event.preventDefault();
        if (isValid) onChange({ from: first, to: shiftDate(last, 1) });
      }}
    >
      <label className={styles.date}>
        {t('window.first')}
        <input
          type="date"
          className={focusRing}
          value={first}
          max={last}
          onChange={event => setFirst(event.target.value)}
        />
      </label>
      <label className={styles.date}>
        {t('window.last')}
        <input
          type="date"
          className={focusRing}
          value={last}
          min={first}
          onChange={event => setLast(event.target.value)}
        />
      </label>
      {isValid ? null : (
        <Text as="p" variant="body-small" color="danger" role="alert">
          {t('window.invalid')}
        </Text>
      )}
      <Button type="submit" size="small" isDisabled={!isValid}>
        {t('window.apply')}
      </Button>
    </form>
  );
}
