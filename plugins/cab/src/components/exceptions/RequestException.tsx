import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, Text, TextAreaField, TextField } from '@backstage/ui';
import {
  MAX_EXCEPTION_DAYS,
  WAIVABLE,
  type RequestExceptionBody,
  type Waivable,
} from '@fawkes/backstage-plugin-cab-common';
import { useToast } from '@fawkes/kit-ui/states';
import { useState } from 'react';
import { useExceptionCommand, useMe } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import { DaysSelect, DialogForm, FormDialog } from '../dialog';
import { FieldFault } from '../plan';

/** What {@link RequestException} takes. */
export interface RequestExceptionProps {
  entityRef: string;
  environment: string;
  /** Chosen at first. */
  waives?: Waivable;
}

/** A button that asks for an exception: what for, why, and what is done instead. */
export function RequestException(props: RequestExceptionProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <FormDialog title={t('exception.request')} size="small">
      {done => <Form {...props} onDone={done} />}
    </FormDialog>
  );
}

const DAYS = [7, 14, 30, 60, MAX_EXCEPTION_DAYS];

function Form({
  entityRef,
  environment,
  waives: initial = 'tests',
  onDone,
}: RequestExceptionProps & { onDone: () => void }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const me = useMe();
  const say = useToast();
  const [waives, setWaives] = useState<Waivable>(initial);
  const [finding, setFinding] = useState('');
  const [justification, setJustification] = useState('');
  const [control, setControl] = useState('');
  const [verification, setVerification] = useState('');
  const [days, setDays] = useState(14);
  const [tried, setTried] = useState(false);
  const command = useExceptionCommand(
    (api, body: RequestExceptionBody) => api.requestException({ body }),
    () => {
      onDone();
      say({ title: t('exception.sent') });
    },
  );
  const isMissing = {
    finding: waives === 'finding' && finding.trim() === '',
    justification: justification.trim().length < 10,
    control: control.trim().length < 3,
    verification: verification.trim().length < 3,
  };
  const isReady = me !== undefined && !Object.values(isMissing).some(Boolean);
  return (
    <DialogForm
      sending={command}
      failed={t('exception.sendFailed')}
      send={t('exception.send')}
      onSubmit={() => {
        setTried(true);
        if (!isReady) return;
        command.mutate({
          entityRef,
          environment,
          waives,
          finding: waives === 'finding' ? finding.trim() : null,
          justification: justification.trim(),
          controls: [
            {
              text: control.trim(),
              owner: me,
              verification: verification.trim(),
            },
          ],
          days,
        });
      }}
    >
      <Text as="p" variant="body-medium">
        {t('exception.requestText')}
      </Text>
      <Select
        label={t('exception.what')}
        options={WAIVABLE.map(id => ({
          id,
          label: t(`exception.choice.${id}`),
        }))}
        value={waives}
        onChange={key => {
          const chosen = WAIVABLE.find(id => id === key);
          if (chosen) setWaives(chosen);
        }}
      />
      {waives === 'finding' ? (
        <div>
          <TextField
            label={t('exception.finding')}
            description={t('exception.findingHint')}
            value={finding}
            onChange={setFinding}
          />
          <FieldFault when={tried && isMissing.finding}>
            {t('exception.fault.finding')}
          </FieldFault>
        </div>
      ) : null}
      <div>
        <TextAreaField
          label={t('exception.why')}
          value={justification}
          onChange={setJustification}
          maxLength={4_000}
        />
        <FieldFault when={tried && isMissing.justification}>
          {t('exception.fault.why')}
        </FieldFault>
      </div>
      <div>
        <TextAreaField
          label={t('exception.control')}
          description={t('exception.controlHint')}
          value={control}
          onChange={setControl}
          maxLength={2_000}
        />
        <FieldFault when={tried && isMissing.control}>
          {t('exception.fault.control')}
        </FieldFault>
      </div>
      <div>
        <TextField
          label={t('exception.verification')}
          value={verification}
          onChange={setVerification}
        />
        <FieldFault when={tried && isMissing.verification}>
          {t('exception.fault.verification')}
        </FieldFault>
      </div>
      <DaysSelect choices={DAYS} value={days} onChange={setDays} />
    </DialogForm>
  );
}
