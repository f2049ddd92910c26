import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Module, QuizEntry } from '@fawkes/backstage-plugin-dojo-common';
import { dojoTranslationRef } from '../../translation';
import styles from './Quiz.module.css';
import { StartButton } from './StartButton';

/** What somebody agrees to by starting: how many, how long, what passes, who sees it. */
export function Intro({
  module,
  quiz,
  onStarted,
}: {
  module: Module;
  quiz: QuizEntry;
  onStarted(id: string): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <div className={styles.intro}>
      <ul className={styles.terms}>
        <li>
          {t('quiz.questions', { count: quiz.questions })} ·{' '}
          {t('minutes', { count: quiz.minutes })}
        </li>
        <li>
          {t('quiz.pass', {
            required: String(quiz.required),
            total: String(quiz.total),
            percent: quiz.passPercent,
          })}
        </li>
        <li>{t('quiz.clock', { minutes: String(quiz.clockMinutes) })}</li>
        <li>{t('quiz.saved')}</li>
        <li>{t('quiz.private')}</li>
      </ul>
      {module.keepsProgress ? (
        <StartButton
          quiz={quiz}
          label={t('quiz.start')}
          onStarted={onStarted}
        />
      ) : (
        <p>{t('quiz.guest')}</p>
      )}
    </div>
  );
}
