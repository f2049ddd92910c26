import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Checkbox,
  CheckboxGroup,
  Radio,
  RadioGroup,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  MAX_ANSWER,
  MAX_OPEN_ANSWER,
} from '@fawkes/backstage-plugin-dojo-common';
import { Markdown } from '../../components/Markdown';
import { dojoTranslationRef } from '../../translation';
import { Matching } from './Matching';
import { Ordering } from './Ordering';
import type { QuestionProps } from './questionProps';
import styles from './Quiz.module.css';

/** A question and how it is answered, by keyboard alone. */
export function QuestionForm(props: QuestionProps) {
  return (
    <div className={styles.form}>
      <div className={styles.stem}>
        <Markdown inline>{props.item.stem}</Markdown>
      </div>
      <Field {...props} />
    </div>
  );
}

function Field(props: QuestionProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { item, answer, readAs, onAnswer } = props;
  switch (item.type) {
    case 'single':
      return (
        <RadioGroup
          label={t('run.choose')}
          className={styles.options}
          value={answer?.type === 'single' ? answer.choice : ''}
          onChange={choice => onAnswer({ type: 'single', choice })}
        >
          {item.options.map(({ id, text }) => (
            <Radio key={id} value={id}>
              <Markdown inline>{text}</Markdown>
            </Radio>
          ))}
        </RadioGroup>
      );
    case 'multi':
      return (
        <CheckboxGroup
          label={t('run.chooseAll')}
          className={styles.options}
          value={answer?.type === 'multi' ? answer.choices : []}
          onChange={choices => onAnswer({ type: 'multi', choices })}
        >
          {item.options.map(({ id, text }) => (
            <Checkbox key={id} value={id}>
              <Markdown inline>{text}</Markdown>
            </Checkbox>
          ))}
        </CheckboxGroup>
      );
    case 'ordering':
      return <Ordering {...props} />;
    case 'matching':
      return <Matching {...props} />;
    case 'open':
      return (
        <TextAreaField
          label={t('run.openAnswer')}
          rows={6}
          maxLength={MAX_OPEN_ANSWER}
          value={answer?.type === 'open' ? answer.text : ''}
          onChange={text => onAnswer({ type: 'open', text })}
        />
      );
    default: {
      const { type } = item;
      const units =
        item.units.length > 0
          ? t('run.units', { units: item.units.join(', ') })
          : undefined;
      return (
        <div className={styles.short}>
          <TextField
            label={t(type === 'numeric' ? 'run.number' : 'run.fill')}
            description={units}
            // A machine that mends what is typed would answer for the person.
            autoComplete="off"
            autoCorrect="off"
            spellCheck="false"
            maxLength={MAX_ANSWER}
            inputMode={type === 'numeric' ? 'decimal' : 'text'}
            value={answer?.type === type ? answer.text : ''}
            onChange={text => onAnswer({ type, text })}
          />
          <span role="status" className={styles.quiet}>
            {readAs ? t('run.readAs', { text: readAs }) : ''}
          </span>
        </div>
      );
    }
  }
}
