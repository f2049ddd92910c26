import styles from './overlays.module.css';

/**
 * Widths of what opens over the page, as class names: a menu, a short text, a
 * panel with fields. None depends on where it stands.
 * @public
 */
export const overlays: { menu: string; note: string; panel: string } = {
  menu: styles.menu,
  note: styles.note,
  panel: styles.panel,
};
