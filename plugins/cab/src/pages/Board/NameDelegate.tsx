import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, Text, TextField } from '@backstage/ui';
import {
  DELEGATION_DAYS,
  type DelegateBody,
} from '@fawkes/backstage-plugin-cab-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { useToast } from '@fawkes/kit-ui/states';
import { useState } from 'react';
import { DaysSelect, DialogForm, FormDialog } from '../../components/dialog';
import { FieldFault } from '../../components/plan';
import { useDelegationCommand } from '../../hooks';
import { cabTranslationRef } from '../../translation';

const DAYS = [1, 3, 7, 14, DELEGATION_DAYS];

/** A button that names somebody of the board who votes for one for a time. */
export function NameDelegate({
  candidates,
}: {
  candidates: readonly string[];
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <FormDialog title={t('delegations.name')}>
      {done => <Form candidates={candidates} onDone={done} />}
    </FormDialog>
  );
}

function Form({
  candidates,
  onDone,
}: {
  candidates: readonly string[];
  onDone: () => void;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const say = useToast();
  const titleOf = useEntityTitles(candidates);
  const [to, setTo] = useState<string>();
  const [days, setDays] = useState(7);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const command = useDelegationCommand(
    (api, body: DelegateBody) => api.delegate({ body }),
    () => {
      onDone();
      say({ title: t('delegations.named') });
    },
  );
  const hasReason = reason.trim().length >= 3;
  return (
    <DialogForm
      sending={command}
      failed={t('delegations.failed')}
      send={t('delegations.send')}
      onSubmit={() => {
        setTried(true);
        if (to === undefined || !hasReason) return;
        command.mutate({ to, days, reason: reason.trim() });
      }}
    >
      <Text as="p" variant="body-medium">
        {t('delegations.nameText')}
      </Text>
      <div>
        <Select
          label={t('delegations.who')}
          placeholder={t('delegations.choose')}
          options={candidates.map(id => ({ id, label: titleOf(id) }))}
          value={to ?? null}
          onChange={key => setTo(String(key))}
        />
        <FieldFault when={tried && to === undefined}>
          {t('delegations.fault.who')}
        </FieldFault>
      </div>
      <DaysSelect choices={DAYS} value={days} onChange={setDays} />
      <div>
        <TextField
          label={t('delegations.why')}
          value={reason}
          onChange={setReason}
        />
        <FieldFault when={tried && !hasReason}>
          {t('delegations.fault.why')}
        </FieldFault>
      </div>
    </DialogForm>
  );
}
