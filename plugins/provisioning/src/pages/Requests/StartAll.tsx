import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { RequestSummary } from '@fawkes/backstage-plugin-provisioning-common';
import { RiPlayLine } from '@remixicon/react';
import { useState } from 'react';
import { provisioningApiRef, type ProvisioningApi } from '../../api';
import { Refused } from '../../components/access';
import styles from '../../components/shared.module.css';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** Pages of requests that are looked through; a person has no more. */
const MOST_PAGES = 20;

/** Everything of the person that is stopped and could run. */
async function stoppedOf(api: ProvisioningApi): Promise<RequestSummary[]> {
  const found: RequestSummary[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, nextCursor } = await api.getRequests({
      mine: true,
      state: ['ready'],
      cursor,
    });
    found.push(...items.filter(({ service }) => service.state === 'stopped'));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return found;
}

/** Starts what is stopped, one after another; one that refuses does not keep the others. */
export function StartAll() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const api = useApi(provisioningApiRef);
  const [told, setTold] = useState('');
  const starting = useCommand(async () => {
    setTold('');
    const stopped = await stoppedOf(api);
    const failed: string[] = [];
    for (const [index, { id, name }] of stopped.entries()) {
      setTold(
        t('list.starting', {
          name,
          done: String(index),
          all: String(stopped.length),
        }),
      );
      try {
        await api.start({ id, body: {} });
      } catch {
        // Named below; its own page says why.
        failed.push(name);
      }
    }
    const count = stopped.length - failed.length;
    setTold(
      [
        stopped.length === 0 ? t('list.startAll.none') : '',
        count > 0 ? t('list.started', { count }) : '',
        failed.length > 0
          ? t('list.startFailed', { names: failed.join(', ') })
          : '',
      ]
        .filter(Boolean)
        .join(' '),
    );
  });
  return (
    <div className={styles.tight}>
      <Button
        variant="secondary"
        iconStart={<RiPlayLine aria-hidden />}
        isPending={starting.isPending}
        onPress={() => starting.mutate(undefined)}
      >
        {t('list.startAll')}
      </Button>
      <span role="status" className={styles.small}>
        {told}
      </span>
      <Refused error={starting.error} />
    </div>
  );
}
