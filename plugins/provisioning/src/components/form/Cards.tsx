import { useId, type ReactNode } from 'react';
import styles from './form.module.css';

/** One of the things that can be chosen. */
export interface CardChoice {
  id: string;
  title: string;
  /** What it is; or why it cannot be chosen, and what to set. */
  text: ReactNode;
  isDisabled?: boolean;
}

/** What {@link Cards} takes. */
export interface CardsProps {
  label: string;
  choices: readonly CardChoice[];
  value: string;
  onChange: (id: string) => void;
  /** What is wrong with the choice. */
  error?: string;
  /** Tells the sets of a page apart. */
  name: string;
}

/** A choice among a few things, each with room to say what it is. */
export function Cards({
  label,
  choices,
  value,
  onChange,
  error,
  name,
}: CardsProps) {
  const id = useId();
  return (
    <fieldset
      className={styles.set}
      data-invalid={error ? true : undefined}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.cards}>
        {choices.map(choice => (
          <label key={choice.id} className={styles.card}>
            <input
              type="radio"
              name={name}
              value={choice.id}
              checked={value === choice.id}
              disabled={choice.isDisabled}
              aria-describedby={`${id}-${choice.id}`}
              onChange={() => onChange(choice.id)}
            />
            <span className={styles.cardTitle}>{choice.title}</span>
            <span id={`${id}-${choice.id}`} className={styles.cardText}>
              {choice.text}
            </span>
          </label>
        ))}
      </div>
      <FieldFault id={`${id}-error`}>{error}</FieldFault>
    </fieldset>
  );
}

/** What is wrong with a field, said when it appears. */
export function FieldFault({
  id,
  children,
}: {
  id?: string;
  children: string | undefined;
}) {
  if (!children) return null;
  return (
    <p id={id} role="alert" className={styles.fault}>
      {children}
    </p>
  );
}
