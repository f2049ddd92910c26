import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Answer,
  ItemResult,
  ShownItem,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  RiCheckLine,
  RiCloseLine,
  RiQuestionLine,
  RiSubtractLine,
} from '@remixicon/react';
import { Markdown } from '../../components/Markdown';
import { dojoTranslationRef } from '../../translation';
import { isAnswered } from './answered';
import styles from './Quiz.module.css';

const ICONS = {
  right: RiCheckLine,
  partly: RiSubtractLine,
  wrong: RiCloseLine,
  self: RiQuestionLine,
};

/** One question after a pass: what was chosen, how it went, and why. */
export function Answered({
  item,
  answer,
  judged,
  locale,
}: {
  item: ShownItem;
  answer: Answer | undefined;
  judged: ItemResult;
  locale: string;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const Icon = ICONS[judged.verdict];
  const textOf = (id: string) =>
    [...item.options, ...item.lefts].find(option => option.id === id)?.text ??
    '';
  const explained = (option: string | null) =>
    judged.explanations
      .filter(each => each.option === option)
      .map(({ text }) => (
        <div key={text} className={styles.why}>
          <Markdown inline>{text}</Markdown>
        </div>
      ));
  return (
    <li className={styles.judged}>
      <span className={styles.verdict} data-verdict={judged.verdict}>
        <Icon aria-hidden size={16} /> {t(`verdict.${judged.verdict}`)}
      </span>
      <div lang={locale} className={styles.stem}>
        <Markdown inline>{item.stem}</Markdown>
      </div>
      {isAnswered(answer) && answer ? (
        <ul lang={locale} className={styles.chosen}>
          {chosenIn(answer).map(({ key, ids, text }) => (
            <li key={key}>
              {/* What somebody typed is shown as they typed it. */}
              {text === undefined ? (
                <Markdown inline>{ids.map(textOf).join(' → ')}</Markdown>
              ) : (
                <p className={styles.typed}>{text}</p>
              )}
              {ids.length === 1 ? explained(ids[0]) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.quiet}>{t('result.unanswered')}</p>
      )}
      <div lang={locale}>{explained(null)}</div>
    </li>
  );
}

/** The lines of an answer: one for each choice, pair or text. */
function chosenIn(
  answer: Answer,
): Array<{ key: string; ids: string[]; text?: string }> {
  switch (answer.type) {
    case 'single':
      return [{ key: answer.choice, ids: [answer.choice] }];
    case 'multi':
      return answer.choices.map(id => ({ key: id, ids: [id] }));
    case 'ordering':
      return answer.order.map(id => ({ key: id, ids: [id] }));
    case 'matching':
      return answer.pairs.map(({ left, right }) => ({
        key: left,
        ids: [left, right],
      }));
    default:
      return [{ key: 'text', ids: [], text: answer.text }];
  }
}
