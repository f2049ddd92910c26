import styles from './print.module.css';

/** Class of what makes no sense on paper: buttons, pickers, links that only lead on. @public */
export const screenOnly = styles.screenOnly;

/** Class of what should not be torn apart between two sheets. @public */
export const onOneSheet = styles.onOneSheet;
