import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { ReasonDialog } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { WhyNot } from '../../components/access';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** Gives up on the rest of a taking down, with a reason. */
export function Forget({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id, allowances, name } = request;
  const [isOpen, setOpen] = useState(false);
  const forget = useCommand((api, reason: string) =>
    api.forget({ id, body: { reason } }),
  );
  const allowance = allowances.find(({ action }) => action === 'forget');
  if (!allowance) return null;
  const send = async (reason: string) => {
    try {
      await forget.mutateAsync(reason);
    } catch {
      return; // The dialog stays open and shows why.
    }
    setOpen(false);
  };
  return (
    <Section title={t('forget.title')} description={t('forget.text')}>
      <div>
        {allowance.allowed ? (
          <DialogTrigger
            isOpen={isOpen}
            onOpenChange={next => {
              forget.reset();
              setOpen(next);
            }}
          >
            <Button size="small" variant="secondary">
              {t('forget.open')}
            </Button>
            <ReasonDialog
              title={t('forget.open')}
              explanation={t('forget.explain', { name })}
              choices={[{ id: 'forget', label: t('forget.open') }]}
              action={t('forget.do')}
              error={forget.error}
              errorTitle={t('refused.title')}
              isSaving={forget.isPending}
              onDecide={({ reason }) => send(reason)}
            />
          </DialogTrigger>
        ) : (
          <WhyNot allowance={allowance} label={t('forget.open')} />
        )}
      </div>
    </Section>
  );
}
