import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, VisuallyHidden } from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { useId, useState } from 'react';
import { Markdown } from '../../components/Markdown';
import { dojoTranslationRef } from '../../translation';
import type { QuestionProps } from './questionProps';
import styles from './Quiz.module.css';

/** Things to put in order, each with a button up and a button down. */
export function Ordering({ item, answer, onAnswer }: QuestionProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const label = useId();
  const [said, setSaid] = useState('');
  const order =
    answer?.type === 'ordering'
      ? answer.order
      : item.options.map(({ id }) => id);
  const textOf = (id: string) =>
    item.options.find(option => option.id === id)?.text ?? '';
  const move = (from: number, by: number) => {
    const next = [...order];
    const [moved] = next.splice(from, 1);
    next.splice(from + by, 0, moved);
    onAnswer({ type: 'ordering', order: next });
    setSaid(
      `${textOf(moved)}: ${t('run.place', { place: String(from + by + 1) })}`,
    );
  };
  return (
    <div>
      <p id={label} className={styles.label}>
        {t('run.order')}
      </p>
      <ol aria-labelledby={label} className={styles.ordering}>
        {order.map((id, index) => (
          <li key={id}>
            <span className={styles.place}>{index + 1}</span>
            <div className={styles.orderText}>
              <Markdown inline>{textOf(id)}</Markdown>
            </div>
            <ButtonIcon
              icon={<RiArrowUpLine aria-hidden />}
              variant="tertiary"
              size="small"
              aria-label={t('run.up', { text: textOf(id) })}
              isDisabled={index === 0}
              onPress={() => move(index, -1)}
            />
            <ButtonIcon
              icon={<RiArrowDownLine aria-hidden />}
              variant="tertiary"
              size="small"
              aria-label={t('run.down', { text: textOf(id) })}
              isDisabled={index === order.length - 1}
              onPress={() => move(index, 1)}
            />
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  );
}
