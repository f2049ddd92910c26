import styles from './focus.module.css';

/**
 * Class of what can be reached by keyboard and is none of the UI kit's own: where
 * one is, is seen in every theme, also with forced colours.
 * @public
 */
export const focusRing = styles.ring;
