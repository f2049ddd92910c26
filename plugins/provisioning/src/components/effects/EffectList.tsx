import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { Effect } from '@fawkes/backstage-plugin-provisioning-common';
import { RiFileListLine } from '@remixicon/react';
import { useState } from 'react';
import { provisioningTranslationRef } from '../../translation';
import { LogView } from '../log';
import { EffectStateLabel, SaidText } from '../words';
import styles from './effects.module.css';
import { Links } from './Links';
import { Seconds } from './Seconds';

/** What a run did and does, with the time each took; the running one shows its log. */
export function EffectList({
  requestId,
  effects,
  label,
}: {
  requestId: string;
  effects: readonly Effect[];
  label: string;
}) {
  return (
    <ol className={styles.effects} aria-label={label}>
      {effects.map(effect => (
        <OneEffect
          key={`${effect.runId}:${effect.id}`}
          requestId={requestId}
          effect={effect}
        />
      ))}
    </ol>
  );
}

function OneEffect({
  requestId,
  effect,
}: {
  requestId: string;
  effect: Effect;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const [chosen, setChosen] = useState<boolean>();
  const { id, runId, state, reason, seconds, attempts, hasLog } = effect;
  const isRunning = state === 'sent';
  const isOpen = hasLog && (chosen ?? isRunning);
  return (
    <li
      className={styles.effect}
      data-state={state}
      aria-current={isRunning ? 'step' : undefined}
    >
      <span className={styles.head}>
        <span className={styles.title}>
          <SaidText said={effect.title} />
        </span>
        <span className={styles.state}>
          <EffectStateLabel state={state} />
          <span className={styles.seconds}>
            {seconds === null ? null : (
              <Seconds seconds={seconds} ticks={isRunning} />
            )}
          </span>
        </span>
      </span>
      {reason ? (
        <span className={styles.reason}>
          <SaidText said={reason} />
        </span>
      ) : null}
      {attempts > 1 ? (
        <span className={styles.undo}>
          {t('effects.attempts', { count: attempts })}
        </span>
      ) : null}
      <Links links={effect.links} />
      {hasLog ? (
        <div>
          <Button
            size="small"
            variant="tertiary"
            iconStart={<RiFileListLine aria-hidden />}
            aria-expanded={isOpen}
            onPress={() => setChosen(!isOpen)}
          >
            {isOpen ? t('effects.hideLog') : t('effects.showLog')}
          </Button>
        </div>
      ) : null}
      {isOpen ? (
        <LogView
          of={{ id: requestId, effect: id, run: runId }}
          label={t('effects.log')}
        />
      ) : null}
    </li>
  );
}
