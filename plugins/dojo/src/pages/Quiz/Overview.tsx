import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Answer, ShownItem } from '@fawkes/backstage-plugin-dojo-common';
import { focusRing } from '@fawkes/kit-ui/values';
import { RiBookmarkFill, RiCheckLine } from '@remixicon/react';
import { dojoTranslationRef } from '../../translation';
import styles from './Quiz.module.css';
import { isAnswered } from './answered';

/** All questions with how it stands with each, and a way to it. */
export function Overview({
  items,
  answers,
  marked,
  at,
  onGo,
}: {
  items: readonly ShownItem[];
  answers: ReadonlyMap<string, Answer>;
  marked: ReadonlySet<string>;
  at: number;
  onGo(index: number): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <nav aria-label={t('run.overview')}>
      <ol className={styles.overview}>
        {items.map(({ id }, index) => {
          const done = isAnswered(answers.get(id));
          const words = [
            t('run.question', {
              number: String(index + 1),
              all: String(items.length),
            }),
            t(done ? 'run.answered' : 'run.open'),
            ...(marked.has(id) ? [t('run.marked')] : []),
          ];
          return (
            <li key={id}>
              <button
                type="button"
                className={`${styles.number} ${focusRing}`}
                aria-label={words.join(', ')}
                aria-current={index === at ? 'step' : undefined}
                data-done={done}
                onClick={() => onGo(index)}
              >
                {index + 1}
                {done ? <RiCheckLine aria-hidden size={12} /> : null}
                {marked.has(id) ? (
                  <RiBookmarkFill aria-hidden size={12} />
                ) : null}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
