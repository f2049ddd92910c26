import { focusRing } from '@fawkes/kit-ui/values';
import { useId } from 'react';
import own from './plan.module.css';

/** What {@link TimeField} takes. */
export interface TimeFieldProps {
  label: string;
  /** On the clock of this device: `2026-11-30T18:00`. */
  value: string;
  isInvalid: boolean;
  onChange: (value: string) => void;
}

/** A day and a time, by the calendar and the clock of the browser. */
export function TimeField({
  label,
  value,
  isInvalid,
  onChange,
}: TimeFieldProps) {
  const id = useId();
  return (
    <div className={own.time}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        className={`${own.input} ${focusRing}`}
        value={value}
        aria-invalid={isInvalid || undefined}
        onChange={event => onChange(event.target.value)}
      />
    </div>
  );
}
