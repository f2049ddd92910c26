import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Link } from '@backstage/ui';
import type {
  Attempt,
  Module,
  QuizEntry,
} from '@fawkes/backstage-plugin-dojo-common';
import { Section } from '@fawkes/kit-ui/values';
import {
  RiCheckboxBlankCircleLine,
  RiCheckboxCircleLine,
} from '@remixicon/react';
import { usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import { Answered } from './Answered';
import styles from './Quiz.module.css';
import { StartButton } from './StartButton';
import { useFraction } from './useFraction';

/** How an attempt ended, and what happens next. */
export function Result({
  attempt,
  module,
  quiz,
  onStarted,
}: {
  attempt: Attempt;
  module: Module;
  quiz: QuizEntry;
  onStarted(id: string): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const asText = useFraction();
  const { result } = attempt;
  if (!result) return null;
  const toOpen = result.missed.filter(({ opened }) => !opened);
  return (
    <div className={styles.result}>
      <Alert
        role="status"
        status={result.passed ? 'success' : 'info'}
        icon
        title={t(result.passed ? 'result.passed' : 'result.notYet')}
        description={[
          ...(result.earned
            ? [
                t('result.points', {
                  earned: asText(result.earned),
                  total: String(result.total),
                  required: String(result.required),
                }),
              ]
            : []),
          ...(result.passed ? [t('result.passedText')] : []),
        ].join(' ')}
      />
      {result.missed.length > 0 ? (
        <Section
          title={t('result.missed')}
          description={t('result.missedText')}
        >
          <ul className={styles.missed}>
            {result.missed.map(({ name, title, opened }) => (
              <li key={name}>
                {opened ? (
                  <RiCheckboxCircleLine aria-hidden size={18} />
                ) : (
                  <RiCheckboxBlankCircleLine aria-hidden size={18} />
                )}
                <Link href={paths.lesson(module.slug, name)}>
                  <span lang={module.locale}>{title}</span>
                </Link>
                <span className={styles.quiet}>
                  {t(opened ? 'result.opened' : 'result.toOpen')}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <div className={styles.ways}>
        {result.passed ? (
          <ButtonLink variant="primary" href={paths.module(module.slug)}>
            {t('result.module')}
          </ButtonLink>
        ) : null}
        {toOpen.length === 0 ? (
          <StartButton
            quiz={quiz}
            variant={result.passed ? 'secondary' : 'primary'}
            label={t(result.passed ? 'result.practise' : 'result.again')}
            onStarted={onStarted}
          />
        ) : (
          <ButtonLink
            variant="primary"
            href={paths.lesson(module.slug, toOpen[0].name)}
          >
            {t('next.corrective')}: {toOpen[0].title}
          </ButtonLink>
        )}
      </div>
      {result.items ? (
        <Section title={t('result.items')}>
          <ol className={styles.answered}>
            {result.items.map(judged => {
              const item = attempt.items.find(({ id }) => id === judged.item);
              return item ? (
                <Answered
                  key={item.id}
                  item={item}
                  judged={judged}
                  locale={module.locale}
                  answer={
                    attempt.answers.find(({ item: id }) => id === item.id)
                      ?.answer
                  }
                />
              ) : null;
            })}
          </ol>
        </Section>
      ) : null}
    </div>
  );
}
