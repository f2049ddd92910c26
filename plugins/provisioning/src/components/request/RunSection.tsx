import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type {
  Effect,
  ProvisioningRequest,
  Run,
} from '@fawkes/backstage-plugin-provisioning-common';
import { Progress, TableSkeleton } from '@fawkes/kit-ui/states';
import { EntityName } from '@fawkes/kit-ui/query';
import { Instant, layout, Section } from '@fawkes/kit-ui/values';
import { RiCloseLine } from '@remixicon/react';
import { useCommand, useEffects } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { ActionButton, Refused } from '../access';
import { EffectList, Seconds } from '../effects';
import { Answer } from '../installed';
import { RunStateLabel, SaidText } from '../words';
import styles from './request.module.css';

const ENDED = ['done', 'failed', 'unknown', 'skipped', 'undone'];

/** The run that goes on, or the last one: its effects, their times and logs. */
export function RunSection({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const effects = useEffects(request.id);
  return (
    <Answer
      query={effects}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('run.loadFailed')}
    >
      {({ items, runs }) => (
        <>
          <CurrentRun
            request={request}
            effects={items.filter(({ runId }) => runId === request.run.id)}
          />
          <EarlierRuns
            request={request}
            runs={runs.filter(({ id }) => id !== request.run.id)}
            effects={items}
          />
        </>
      )}
    </Answer>
  );
}

function CurrentRun({
  request,
  effects,
}: {
  request: ProvisioningRequest;
  effects: readonly Effect[];
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { run, allowances, id } = request;
  const cancel = useCommand(api => api.cancel({ id, body: {} }));
  const isRunning = run.state === 'running';
  const ended = effects.filter(({ state }) => ENDED.includes(state)).length;
  const now = effects.find(({ state }) => state === 'sent');
  return (
    <Section
      title={t(isRunning ? 'run.now' : 'run.last', {
        what: t(`run.${run.kind}`),
      })}
      actions={
        isRunning && !run.cancelAsked && run.kind !== 'destroy' ? (
          <ActionButton
            allowances={allowances}
            action="cancel"
            label={t('action.cancel')}
            icon={<RiCloseLine aria-hidden />}
            isPending={cancel.isPending}
            onPress={() => cancel.mutate(undefined)}
          />
        ) : undefined
      }
    >
      <Refused error={cancel.error} />
      <div className={layout.row}>
        <RunStateLabel state={run.state} />
        <span className={layout.number}>
          <Seconds seconds={run.seconds} ticks={isRunning} />
        </span>
        <span className={layout.small}>
          {t('run.by')} <EntityName entityRef={run.initiator} />,{' '}
          <Instant at={run.startedAt} />
        </span>
      </div>
      {run.cancelAsked && isRunning ? (
        <Alert
          role="status"
          status="info"
          icon
          title={t('run.cancelling')}
          description={t('run.cancellingText')}
        />
      ) : null}
      {run.reason ? (
        <p>
          <SaidText said={run.reason} />
        </p>
      ) : null}
      {isRunning && effects.length > 0 ? (
        <Progress label={t('run.progress')} share={ended / effects.length}>
          {t('run.ended', {
            done: String(ended),
            all: String(effects.length),
          })}{' '}
          {now ? <SaidText said={now.title} /> : null}
        </Progress>
      ) : null}
      {effects.length > 0 ? (
        <EffectList requestId={id} effects={effects} label={t('run.effects')} />
      ) : (
        <p className={layout.quiet}>{t('run.noEffects')}</p>
      )}
    </Section>
  );
}

/** How many earlier runs are listed. */
const MOST = 20;

function EarlierRuns({
  request,
  runs,
  effects,
}: {
  request: ProvisioningRequest;
  runs: readonly Run[];
  effects: readonly Effect[];
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  if (runs.length === 0) return null;
  return (
    <Section title={t('run.earlier')}>
      {runs.slice(0, MOST).map(run => (
        <details key={run.id}>
          <summary className={styles.runHead}>
            <span>{t(`run.${run.kind}`)}</span>
            <RunStateLabel state={run.state} />
            <span className={layout.number}>
              <Seconds seconds={run.seconds} />
            </span>
            <span className={layout.small}>
              <Instant at={run.startedAt} />
            </span>
          </summary>
          <div className={layout.stack}>
            {run.reason ? (
              <p>
                <SaidText said={run.reason} />
              </p>
            ) : null}
            <EffectList
              requestId={request.id}
              effects={effects.filter(({ runId }) => runId === run.id)}
              label={`${t(`run.${run.kind}`)}: ${t('run.effects')}`}
            />
          </div>
        </details>
      ))}
    </Section>
  );
}
