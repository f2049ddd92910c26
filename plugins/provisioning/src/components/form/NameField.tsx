import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, TextField } from '@backstage/ui';
import type {
  Language,
  NameAnswer,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  nameFault,
  suggestName,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import { useDebounced } from '@fawkes/kit-ui/filters';
import { StateLabel } from '@fawkes/kit-ui/values';
import { useName } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { SaidText } from '../words';
import { FieldFault } from './Cards';
import styles from './form.module.css';

/** How long typing rests before the backend is asked, ms. */
const REST_MS = 350;

/** What {@link NameField} takes. */
export interface NameFieldProps {
  value: string;
  /** Ref of the group that shall own it; empty while none is chosen. */
  owner: string;
  language: Language;
  /** Said when the form was sent without. */
  error?: string;
  onChange: (name: string) => void;
}

/** The name, with what the portal knows of it while one types. */
export function NameField({
  value,
  owner,
  language,
  error,
  onChange,
}: NameFieldProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const fault = value ? nameFault(value, language) : undefined;
  const rested = useDebounced(value, REST_MS);
  const isResting = rested === value;
  const answer = useName(
    rested && !nameFault(rested, language)
      ? { name: rested, language, owner: owner || undefined }
      : undefined,
  );
  return (
    <div>
      <TextField
        label={t('form.name')}
        description={t('form.nameText')}
        isRequired
        secondaryLabel={t('form.required')}
        validationBehavior="aria"
        isInvalid={Boolean(error) || Boolean(fault)}
        value={value}
        maxLength={63}
        autoComplete="off"
        spellCheck="false"
        onChange={onChange}
      />
      {value ? null : <FieldFault>{error}</FieldFault>}
      <div role="status" className={styles.live}>
        {fault ? (
          <Wrong
            said={fault}
            suggestion={suggestName(value, language, () => false)}
            onChoose={onChange}
          />
        ) : null}
        {value && !fault && isResting && answer.data ? (
          <Live
            name={value}
            answer={answer.data}
            owner={owner}
            onChoose={onChange}
          />
        ) : null}
        {value &&
        !fault &&
        (!isResting || answer.isFetching) &&
        !answer.data ? (
          <StateLabel tone="moving">{t('form.asking')}</StateLabel>
        ) : null}
        {value && !fault && isResting && answer.error ? (
          <StateLabel tone="unknown">{t('form.askingFailed')}</StateLabel>
        ) : null}
      </div>
    </div>
  );
}

function Wrong({
  said,
  suggestion,
  onChoose,
}: {
  said: Said;
  suggestion: string | undefined;
  onChoose: (name: string) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <>
      <StateLabel tone="bad">
        <SaidText said={said} />
      </StateLabel>
      {suggestion ? (
        <span>
          <Button
            size="small"
            variant="secondary"
            onPress={() => onChoose(suggestion)}
          >
            {t('form.take', { name: suggestion })}
          </Button>
        </span>
      ) : null}
    </>
  );
}

function Live({
  name,
  answer,
  owner,
  onChoose,
}: {
  name: string;
  answer: NameAnswer;
  owner: string;
  onChoose: (name: string) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <>
      {answer.free ? (
        <StateLabel tone="good">{t('form.free', { name })}</StateLabel>
      ) : (
        <Wrong
          said={
            answer.reason ?? {
              code: 'unknown',
              params: {},
              text: t('form.taken', { name }),
            }
          }
          suggestion={answer.suggestion}
          onChoose={onChoose}
        />
      )}
      {owner && !answer.ownerAllowed ? (
        <StateLabel tone="bad">{t('form.notYours')}</StateLabel>
      ) : null}
      {answer.quota.map(quota => (
        <StateLabel
          key={quota.kind}
          tone={quota.used >= quota.limit ? 'bad' : 'good'}
        >
          {t(`form.quota.${quota.kind}`, {
            used: String(quota.used),
            limit: String(quota.limit),
          })}
        </StateLabel>
      ))}
    </>
  );
}
