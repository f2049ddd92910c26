import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox } from '@backstage/ui';
import type { Mine } from '@fawkes/backstage-plugin-dojo-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useAskErasure, useCancelErasure } from '../../hooks';
import { dojoTranslationRef } from '../../translation';

/** Asks to be erased, or takes that back. */
export function Erasure({
  mine: { certificates, erasure },
}: {
  mine: Pick<Mine, 'certificates' | 'erasure'>;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const ask = useAskErasure();
  const cancel = useCancelErasure();
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(keep);
    if (isOn) next.add(id);
    else next.delete(id);
    setKeep(next);
  };
  const held = certificates.filter(({ revoked }) => !revoked);
  return (
    <Section title={t('erase.title')} description={t('erase.text')}>
      {cancel.isError ? (
        <ErrorState title={t('erase.failed')} error={cancel.error} />
      ) : null}
      <div>
        {erasure ? (
          <Button
            variant="primary"
            isPending={cancel.isPending}
            onPress={() => cancel.mutate()}
          >
            {t('erase.cancel')}
          </Button>
        ) : (
          <ConfirmDialog
            open={t('erase.open')}
            action={t('erase.do')}
            errorTitle={t('erase.failed')}
            error={ask.error}
            isPending={ask.isPending}
            onOpen={ask.reset}
            onConfirm={() => ask.mutateAsync([...keep])}
          >
            <p>{t('erase.explain')}</p>
            {held.length > 0 ? (
              <fieldset className={layout.stack}>
                <legend>{t('erase.certificates')}</legend>
                {held.map(({ id, belt }) => (
                  <Checkbox
                    key={id}
                    isSelected={keep.has(id)}
                    onChange={isOn => toggle(id, isOn)}
                  >
                    {t('erase.keep', { belt })}
                  </Checkbox>
                ))}
              </fieldset>
            ) : null}
          </ConfirmDialog>
        )}
      </div>
    </Section>
  );
}
