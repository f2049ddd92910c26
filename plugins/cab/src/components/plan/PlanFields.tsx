import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox, TextAreaField, TextField } from '@backstage/ui';
import { layout } from '@fawkes/kit-ui/values';
import { cabTranslationRef } from '../../translation';
import type { Draft, Fault } from './draft';
import { FieldFault } from './FieldFault';
import { TimeField } from './TimeField';

/** What {@link PlanFields} takes. */
export interface PlanFieldsProps {
  draft: Draft;
  /** What is wrong, once somebody has tried to go on. */
  faults: readonly Fault[];
  onChange: (patch: Partial<Draft>) => void;
}

/** What changes and why, and how it goes there and back. */
export function PlanFields({ draft, faults, onChange }: PlanFieldsProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <>
      <div className={layout.tight}>
        <TextField
          label={t('form.what')}
          isRequired
          secondaryLabel={t('form.required')}
          validationBehavior="aria"
          maxLength={200}
          value={draft.title}
          isInvalid={faults.includes('title')}
          onChange={title => onChange({ title })}
        />
        <FieldFault when={faults.includes('title')}>
          {t('form.fault.title')}
        </FieldFault>
      </div>
      {(['why', 'how', 'back'] as const).map(part => (
        <TextAreaField
          key={part}
          label={t(`form.${part}`)}
          description={part === 'back' ? t('form.backHint') : undefined}
          value={draft[part]}
          onChange={text => onChange({ [part]: text })}
        />
      ))}
      <FieldFault when={faults.includes('description')}>
        {t('form.fault.description')}
      </FieldFault>
      <div className={layout.stack}>
        <Checkbox
          isSelected={draft.timed}
          onChange={timed => onChange({ timed })}
        >
          {t('form.window')}
        </Checkbox>
        {draft.timed ? (
          <div className={layout.row}>
            {(['from', 'to'] as const).map(end => (
              <TimeField
                key={end}
                label={t(`form.${end}`)}
                value={draft[end]}
                isInvalid={faults.includes('window')}
                onChange={value => onChange({ [end]: value })}
              />
            ))}
          </div>
        ) : null}
        <FieldFault when={faults.includes('window')}>
          {t('form.fault.window')}
        </FieldFault>
      </div>
    </>
  );
}
