import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import {
  MAX_DESCRIPTION,
  MAX_SERVICE_TITLE,
} from '@fawkes/backstage-plugin-provisioning-common';
import { provisioningTranslationRef } from '../../translation';
import { FieldFault } from './Cards';
import type { Draft, Faults, Field } from './draft';
import styles from './form.module.css';
import { useFaultWords } from './useFaultWords';

const LIFECYCLES = ['experimental', 'production', 'deprecated'] as const;

/** What {@link SpecFields} takes. */
export interface SpecFieldsProps {
  draft: Draft;
  faults: Faults;
  onChange: (patch: Partial<Draft>) => void;
}

/** The fields an update can change too: what people read of it, and where it belongs. */
export function SpecFields({ draft, faults, onChange }: SpecFieldsProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const wordsOf = useFaultWords(faults);
  const text = (field: Field & ('title' | 'description' | 'system')) => ({
    value: draft[field],
    isInvalid: faults[field] !== undefined,
    validationBehavior: 'aria' as const,
    onChange: (value: string) => onChange({ [field]: value }),
  });
  return (
    <>
      <div>
        <TextField
          label={t('form.description')}
          description={t('form.descriptionText')}
          isRequired
          secondaryLabel={t('form.required')}
          maxLength={MAX_DESCRIPTION}
          {...text('description')}
        />
        <FieldFault>{wordsOf('description')}</FieldFault>
      </div>
      <div className={styles.columns}>
        <div>
          <TextField
            label={t('form.title')}
            description={t('form.titleText')}
            maxLength={MAX_SERVICE_TITLE}
            {...text('title')}
          />
          <FieldFault>{wordsOf('title')}</FieldFault>
        </div>
        <div>
          <TextField
            label={t('form.system')}
            description={t('form.systemText')}
            {...text('system')}
          />
          <FieldFault>{wordsOf('system')}</FieldFault>
        </div>
        <Select
          label={t('form.lifecycle')}
          description={t('form.lifecycleText')}
          options={LIFECYCLES.map(id => ({
            id,
            label: t(`form.lifecycle.${id}`),
          }))}
          value={draft.lifecycle}
          onChange={key => onChange({ lifecycle: key as Draft['lifecycle'] })}
        />
      </div>
    </>
  );
}
