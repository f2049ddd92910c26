import type { Lesson } from '@fawkes/backstage-plugin-dojo-common';
import styles from './components.module.css';

/**
 * A drawing in the colour of the text. It is used as a mask, so that nothing in
 * it can do more than draw, whatever it was made of.
 */
export function Drawing({
  drawing: { svg, ratio },
  text,
}: {
  drawing: Lesson['drawings'][string];
  text: string;
}) {
  const mask = `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
  return (
    <figure className={styles.figure}>
      <span
        role="img"
        aria-label={text}
        className={styles.drawing}
        style={{ aspectRatio: ratio, maskImage: mask, WebkitMaskImage: mask }}
      />
    </figure>
  );
}
