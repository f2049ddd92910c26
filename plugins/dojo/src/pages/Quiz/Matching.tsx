import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { dojoTranslationRef } from '../../translation';
import type { QuestionProps } from './questionProps';
import styles from './Quiz.module.css';

const NONE = 'none';

/** Pairs: to each left side, its right side from a list. */
export function Matching({ item, answer, onAnswer }: QuestionProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const pairs = answer?.type === 'matching' ? answer.pairs : [];
  const choose = (left: string, right: string) => {
    // A right side belongs to one left side at most.
    const others = pairs.filter(
      pair => pair.left !== left && pair.right !== right,
    );
    onAnswer({
      type: 'matching',
      pairs: right === NONE ? others : [...others, { left, right }],
    });
  };
  return (
    <div className={styles.matching}>
      <p className={styles.label}>{t('run.matching')}</p>
      {item.lefts.map(({ id, text }) => (
        <Select
          key={id}
          label={text}
          size="medium"
          value={pairs.find(({ left }) => left === id)?.right ?? NONE}
          onChange={key => choose(id, String(key))}
          options={[
            { value: NONE, label: t('run.pick') },
            ...item.options.map(option => ({
              value: option.id,
              label: option.text,
            })),
          ]}
        />
      ))}
    </div>
  );
}
