import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import { RiTimeLine } from '@remixicon/react';
import { dojoTranslationRef } from '../../translation';
import styles from './Quiz.module.css';

/** Minutes at which the time left is said aloud. */
const SAID = [10, 5, 1];

/** Time left by the server's clock; said aloud a few times, not every second. */
export function Clock({ left }: { left: number }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const minutes = Math.floor(left / 60_000);
  const seconds = Math.floor((left % 60_000) / 1_000);
  const text = t('run.left', {
    minutes: String(minutes),
    seconds: String(seconds).padStart(2, '0'),
  });
  const next = SAID.filter(each => minutes < each).pop();
  return (
    <span className={styles.clock} data-soon={minutes < 1}>
      <RiTimeLine aria-hidden size={18} />
      <span aria-hidden>
        {minutes < 1 ? `${t('run.leftSoon')} · ` : ''}
        {text}
      </span>
      <VisuallyHidden role="timer">{text}</VisuallyHidden>
      <VisuallyHidden role="status">
        {next === undefined
          ? ''
          : t('run.left', { minutes: String(next), seconds: '00' })}
      </VisuallyHidden>
    </span>
  );
}
