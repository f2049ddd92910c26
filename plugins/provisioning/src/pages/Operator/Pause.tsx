import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger } from '@backstage/ui';
import type { OperatorResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { ReasonDialog } from '@fawkes/kit-ui/states';
import { Instant, Section, StateLabel } from '@fawkes/kit-ui/values';
import { RiPauseCircleLine, RiPlayCircleLine } from '@remixicon/react';
import { useState } from 'react';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** Whether something new is taken on; changed with a reason that others read. */
export function Pause({ paused }: { paused: OperatorResponse['paused'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const pause = useCommand((api, reason: string) =>
    api.pause({ body: { paused: paused === null, reason } }),
  );
  const action = t(paused ? 'operator.resume' : 'operator.pause');
  const send = async (reason: string) => {
    try {
      await pause.mutateAsync(reason);
    } catch {
      return; // The dialog stays open and shows why.
    }
    setOpen(false);
  };
  return (
    <Section
      title={t('operator.intake')}
      actions={
        <DialogTrigger
          isOpen={isOpen}
          onOpenChange={next => {
            pause.reset();
            setOpen(next);
          }}
        >
          <Button
            size="small"
            variant={paused ? 'primary' : 'secondary'}
            iconStart={
              paused ? (
                <RiPlayCircleLine aria-hidden />
              ) : (
                <RiPauseCircleLine aria-hidden />
              )
            }
          >
            {action}
          </Button>
          <ReasonDialog
            title={action}
            explanation={t(
              paused ? 'operator.resumeText' : 'operator.pauseText',
            )}
            choices={[{ id: 'do', label: action }]}
            action={action}
            error={pause.error}
            errorTitle={t('refused.title')}
            isSaving={pause.isPending}
            onDecide={({ reason }) => send(reason)}
          />
        </DialogTrigger>
      }
    >
      {paused ? (
        <p>
          <StateLabel tone="care">{t('operator.isPaused')}</StateLabel>{' '}
          <q>{paused.reason}</q> (<EntityName entityRef={paused.by} />,{' '}
          <Instant at={paused.since} />)
        </p>
      ) : (
        <p>
          <StateLabel tone="good">{t('operator.isOpen')}</StateLabel>
        </p>
      )}
    </Section>
  );
}
