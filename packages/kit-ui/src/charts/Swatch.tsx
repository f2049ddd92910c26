import styles from './charts.module.css';

/** The colour of something, beside its name. @public */
export function Swatch({
  colour,
  secondary,
}: {
  colour: string;
  /** The lesser of two, drawn thinner. */
  secondary?: boolean;
}) {
  return (
    <span
      className={styles.swatch}
      data-secondary={secondary}
      style={{ background: colour }}
    />
  );
}
