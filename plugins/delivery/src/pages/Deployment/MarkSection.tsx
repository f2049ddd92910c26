import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger } from '@backstage/ui';
import type {
  DeploymentResponse,
  MarkBody,
} from '@fawkes/backstage-plugin-delivery-common';
import { RiFlagLine } from '@remixicon/react';
import { useState } from 'react';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { Instant, Section } from '@fawkes/kit-ui/values';
import { useMarkDeployment } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';
import { MarkDialog } from './MarkDialog';

/** The word of a person, which beats every rule. */
export function MarkSection({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { deployment, mark, mayMark } = data;
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState('');
  const titleOf = useEntityTitles(mark ? [mark.by] : []);
  const marking = useMarkDeployment(deployment.key);

  const save = async (body: MarkBody) => {
    setTold('');
    try {
      await marking.mutateAsync(body);
    } catch {
      return; // The dialog stays open and shows why.
    }
    setOpen(false);
    setTold(t(`fact.mark.done.${body.verdict}`));
  };

  return (
    <Section title={t('fact.mark.title')}>
      <p>
        {mark ? (
          <>
            <strong>{t(`fact.mark.verdict.${mark.verdict}`)}</strong>{' '}
            {t('fact.mark.by', { by: titleOf(mark.by) })}{' '}
            <Instant at={mark.at} />: <q>{mark.reason}</q>
          </>
        ) : (
          t('fact.mark.none')
        )}
      </p>
      {mayMark ? (
        <div>
          <DialogTrigger
            isOpen={open}
            onOpenChange={next => {
              marking.reset();
              setOpen(next);
            }}
          >
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiFlagLine aria-hidden />}
            >
              {t('fact.mark.button')}
            </Button>
            <MarkDialog
              data={data}
              error={marking.error}
              isSaving={marking.isPending}
              onSave={save}
            />
          </DialogTrigger>
        </div>
      ) : (
        <p className={styles.quiet}>
          {t('fact.mark.notAllowed', { service: deployment.serviceTitle })}
        </p>
      )}
      <p role="status" className={styles.told}>
        {told}
      </p>
    </Section>
  );
}
