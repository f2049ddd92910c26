import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { Lab } from '@fawkes/backstage-plugin-dojo-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { useStartRun } from '../../hooks';
import { dojoTranslationRef } from '../../translation';

/** Begins a run; with `restart`, in place of the one that goes on. */
export function StartButton({
  lab,
  label,
  restart = false,
  variant = 'primary',
}: {
  lab: Lab;
  label: string;
  restart?: boolean;
  variant?: 'primary' | 'secondary';
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const start = useStartRun(lab);
  return (
    <>
      {start.isError ? (
        <ErrorState title={t('lab.startFailed')} error={start.error} />
      ) : null}
      <Button
        variant={variant}
        isPending={start.isPending}
        onPress={() => start.mutate(restart)}
      >
        {label}
      </Button>
    </>
  );
}
