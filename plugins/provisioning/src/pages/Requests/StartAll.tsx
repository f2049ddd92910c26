import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { RequestSummary } from '@fawkes/backstage-plugin-provisioning-common';
import { RiPlayLine } from '@remixicon/react';
import { layout } from '@fawkes/kit-ui/values';
import { useEffect, useRef, useState } from 'react';
import { Refused } from '../../components/access';
import { useCommand, useStopped } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import styles from './Requests.module.css';

/**
 * Starts what is stopped, one after another; one that refuses does not keep the
 * others. Where nothing is stopped there is no button.
 */
export function StartAll() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const stopped = useStopped().data ?? [];
  const [told, setTold] = useState('');
  const status = useRef<HTMLSpanElement>(null);
  const starting = useCommand(
    async (api, services: readonly RequestSummary[]) => {
      const failed: string[] = [];
      for (const [index, { id, name }] of services.entries()) {
        setTold(
          t('list.starting', {
            name,
            done: String(index),
            all: String(services.length),
          }),
        );
        try {
          await api.start({ id, body: {} });
        } catch {
          // Named below; its own page says why.
          failed.push(name);
        }
      }
      const count = services.length - failed.length;
      setTold(
        [
          count > 0 ? t('list.started', { count }) : '',
          failed.length > 0
            ? t('list.startFailed', { names: failed.join(', ') })
            : '',
        ]
          .filter(Boolean)
          .join(' '),
      );
    },
  );
  const isShown = stopped.length > 0 || starting.isPending;

  const hadButton = useRef(false);
  useEffect(() => {
    // The button is gone once all run, and with it what had the focus.
    if (
      hadButton.current &&
      !isShown &&
      document.activeElement === document.body
    )
      status.current?.focus();
    hadButton.current = isShown;
  }, [isShown]);

  return (
    <div className={styles.start}>
      {isShown ? (
        <Button
          variant="secondary"
          iconStart={<RiPlayLine aria-hidden />}
          isPending={starting.isPending}
          onPress={() => starting.mutate(stopped)}
        >
          {t('list.startAll')}
        </Button>
      ) : null}
      <span
        role="status"
        ref={status}
        tabIndex={-1}
        className={`${layout.small} ${styles.told}`}
      >
        {told}
      </span>
      <Refused error={starting.error} />
    </div>
  );
}
