import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Radio,
  RadioGroup,
  Text,
  TextAreaField,
} from '@backstage/ui';
import {
  type DeploymentResponse,
  type MarkBody,
  markBodySchema,
} from '@fawkes/backstage-plugin-delivery-common';
import { useState } from 'react';
import { ErrorState } from '@fawkes/kit-ui/states';
import { nameOf } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';

/** @public */
export interface MarkDialogProps {
  data: DeploymentResponse;
  error: Error | null;
  isSaving: boolean;
  onSave: (mark: MarkBody) => void;
}

/** "This is wrong": the other verdict, with a reason others can read. */
export function MarkDialog(props: MarkDialogProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Dialog>
      <DialogHeader>{t('fact.mark.button')}</DialogHeader>
      {/* Mounted with the dialog, so it starts afresh each time. */}
      <MarkForm {...props} />
    </Dialog>
  );
}

function MarkForm({ data, error, isSaving, onSave }: MarkDialogProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { deployment, mark } = data;
  const [verdict, setVerdict] = useState<MarkBody['verdict']>(
    deployment.failed ? 'not_failed' : 'failed',
  );
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const body = markBodySchema.safeParse({ verdict, reason });

  const submit = () => {
    setTried(true);
    if (body.success) onSave(body.data);
  };

  return (
    <form
      className={styles.form}
      // Says what is wrong itself, in the language of the app.
      noValidate
      onSubmit={event => {
        event.preventDefault();
        submit();
      }}
    >
      <DialogBody>
        <div className={styles.fields}>
          <Text as="p" variant="body-medium">
            {t('fact.mark.explain', { name: nameOf(deployment) })}
          </Text>
          <RadioGroup
            label={t('fact.mark.question')}
            value={verdict}
            onChange={value => setVerdict(value as MarkBody['verdict'])}
          >
            <Radio value="failed">{t('fact.mark.verdict.failed')}</Radio>
            <Radio value="not_failed">
              {t('fact.mark.verdict.not_failed')}
            </Radio>
            {mark ? (
              <Radio value="none">{t('fact.mark.verdict.none')}</Radio>
            ) : null}
          </RadioGroup>
          <TextAreaField
            label={t('fact.mark.reason')}
            description={t('fact.mark.reasonHint')}
            isRequired
            validationBehavior="aria"
            maxLength={1000}
            value={reason}
            onChange={setReason}
            isInvalid={tried && !body.success}
          />
          {tried && !body.success ? (
            <p role="alert" className={styles.invalid}>
              {t('fact.mark.reasonMissing')}
            </p>
          ) : null}
          {error ? (
            <ErrorState title={t('fact.mark.saveFailed')} error={error} />
          ) : null}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          {t('fact.cancel')}
        </Button>
        <Button type="submit" variant="primary" isPending={isSaving}>
          {t('fact.mark.save')}
        </Button>
      </DialogFooter>
    </form>
  );
}
