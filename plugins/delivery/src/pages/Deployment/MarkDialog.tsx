import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentResponse,
  MarkBody,
} from '@fawkes/backstage-plugin-delivery-common';
import { ReasonDialog } from '@fawkes/kit-ui/states';
import { nameOf } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';

/** @public */
export interface MarkDialogProps {
  data: DeploymentResponse;
  error: Error | null;
  isSaving: boolean;
  onSave: (mark: MarkBody) => void;
}

const VERDICTS = ['failed', 'not_failed', 'none'] as const;

/** "This is wrong": the other verdict, with a reason others can read. */
export function MarkDialog({ data, error, isSaving, onSave }: MarkDialogProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { deployment, mark } = data;
  return (
    <ReasonDialog
      title={t('fact.mark.button')}
      explanation={t('fact.mark.explain', { name: nameOf(deployment) })}
      question={t('fact.mark.question')}
      choices={VERDICTS.filter(each => mark || each !== 'none').map(id => ({
        id,
        label: t(`fact.mark.verdict.${id}`),
      }))}
      initial={deployment.failed ? 'not_failed' : 'failed'}
      action={t('fact.mark.save')}
      error={error}
      errorTitle={t('fact.mark.saveFailed')}
      isSaving={isSaving}
      onDecide={({ choice, reason }) => onSave({ verdict: choice, reason })}
    />
  );
}
