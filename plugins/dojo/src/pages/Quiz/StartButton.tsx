import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { ErrorState } from '@fawkes/kit-ui/states';
import { useStartAttempt } from '../../hooks';
import { dojoTranslationRef } from '../../translation';

/** Begins an attempt. */
export function StartButton({
  quiz,
  label,
  variant = 'primary',
  onStarted,
}: {
  /** Of a module, or the exam of a belt. */
  quiz: { id: string };
  label: string;
  variant?: 'primary' | 'secondary';
  onStarted(id: string): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const start = useStartAttempt();
  return (
    <>
      {start.isError ? (
        <ErrorState title={t('quiz.startFailed')} error={start.error} />
      ) : null}
      <Button
        variant={variant}
        isPending={start.isPending}
        onPress={() =>
          start.mutate(quiz.id, { onSuccess: ({ id }) => onStarted(id) })
        }
      >
        {label}
      </Button>
    </>
  );
}
