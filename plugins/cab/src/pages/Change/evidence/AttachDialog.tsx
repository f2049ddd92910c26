import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Checkbox, Select, Text } from '@backstage/ui';
import {
  EVIDENCE_KINDS,
  maxBytesOf,
  STATE_SETS,
  type AttachResponse,
  type Change,
  type EvidenceKind,
} from '@fawkes/backstage-plugin-cab-common';
import { MEDIA_TYPES } from '@fawkes/backstage-plugin-cab-common/rules';
import { useMutation, useQueryClient } from '@fawkes/kit-ui/query';
import { useToast } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useId, useState } from 'react';
import { cabApiRef } from '../../../api';
import { DialogForm, FormDialog } from '../../../components/dialog';
import { FieldFault } from '../../../components/plan';
import { CAB_KEY } from '../../../hooks';
import { cabTranslationRef } from '../../../translation';
import own from '../Change.module.css';

const sizeOf = (bytes: number) =>
  bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;

/** As the browser knows it, where that is one of its kind; else the plain one. */
function mediaTypeOf(kind: EvidenceKind, { type }: File): string {
  const types = MEDIA_TYPES[kind];
  return types.includes(type) ? type : types.at(-1)!;
}

/** A button that attaches a file to a change request. */
export function AttachDialog({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <FormDialog title={t('evidence.attach')}>
      {done => <AttachForm change={change} onDone={done} />}
    </FormDialog>
  );
}

interface Given {
  kind: EvidenceKind;
  file: File;
  supersede: boolean;
}

/** Sends the bytes as they are; what they are is what was chosen. */
function useAttach(id: string, onDone: () => void) {
  const { t } = useTranslationRef(cabTranslationRef);
  const api = useApi(cabApiRef);
  const client = useQueryClient();
  const say = useToast();
  return useMutation<AttachResponse, Error, Given>({
    mutationFn: ({ kind, file, supersede }) =>
      api.attachEvidence({
        id,
        kind,
        supersede,
        body: file,
        contentType: mediaTypeOf(kind, file),
      }),
    onSuccess: ({ item }) => {
      onDone();
      say(
        item.state === 'failed'
          ? { title: t('evidence.sentFailed'), status: 'warning' }
          : { title: t('evidence.sent') },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: [CAB_KEY] }),
  });
}

function AttachForm({
  change,
  onDone,
}: {
  change: Change;
  onDone: () => void;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const field = useId();
  const [kind, setKind] = useState<EvidenceKind>('tests');
  const [file, setFile] = useState<File>();
  const [supersede, setSupersede] = useState(false);
  const [tried, setTried] = useState(false);
  const attach = useAttach(change.id, onDone);
  const isTooLarge = file !== undefined && file.size > maxBytesOf(kind);
  const isAsked = [...STATE_SETS.review, ...STATE_SETS.open].some(
    state => state === change.state,
  );
  return (
    <DialogForm
      sending={attach}
      failed={t('evidence.sendFailed')}
      send={t('evidence.send')}
      onSubmit={() => {
        setTried(true);
        if (file && !isTooLarge) attach.mutate({ kind, file, supersede });
      }}
    >
      <Text as="p" variant="body-medium">
        {t('evidence.attachText')}
      </Text>
      {isAsked ? (
        <Alert status="warning" icon title={t('evidence.attachVotes')} />
      ) : null}
      <Select
        label={t('evidence.kind')}
        options={EVIDENCE_KINDS.map(id => ({
          id,
          label: t(`evidence.kind.${id}`),
        }))}
        value={kind}
        onChange={key => {
          const chosen = EVIDENCE_KINDS.find(id => id === key);
          if (chosen) setKind(chosen);
        }}
      />
      <div className={layout.tight}>
        <label htmlFor={field}>
          <strong>{t('evidence.file')}</strong>
        </label>
        <input
          id={field}
          type="file"
          className={own.file}
          accept={kind === 'tests' ? '.xml' : '.json,.sarif'}
          aria-describedby={`${field}-hint`}
          aria-invalid={tried && (!file || isTooLarge)}
          onChange={event => setFile(event.target.files?.[0])}
        />
        <Text
          as="p"
          id={`${field}-hint`}
          variant="body-small"
          color="secondary"
        >
          {t(`evidence.how.${kind}`)}.{' '}
          {t('evidence.fileHint', {
            types: MEDIA_TYPES[kind].at(-1)!,
            size: sizeOf(maxBytesOf(kind)),
          })}
        </Text>
        <FieldFault when={tried && !file}>{t('evidence.noFile')}</FieldFault>
        <FieldFault when={isTooLarge}>{t('evidence.tooLarge')}</FieldFault>
      </div>
      <Checkbox isSelected={supersede} onChange={setSupersede}>
        {t('evidence.supersede')}
      </Checkbox>
    </DialogForm>
  );
}
