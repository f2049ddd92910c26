import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, ButtonLink } from '@backstage/ui';
import type { Lab, LabRun } from '@fawkes/backstage-plugin-dojo-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { CopyBlock, Section, useFormat } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { useCheckRun, useMillisecondsUntil, usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import styles from './Lab.module.css';
import { Needs } from './Needs';
import { StartButton } from './StartButton';
import { Step } from './Step';

/** A run of a lab: each step with how it stands, and Check now. */
export function Going({ lab, run }: { lab: Lab; run: LabRun }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const format = useFormat();
  const check = useCheckRun(lab, run);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(run.steps.map(({ id, answer }) => [id, answer ?? ''])),
  );
  const wait = Math.ceil(
    useMillisecondsUntil(run.checkAgainAt ?? run.asOf, run.asOf) / 1_000,
  );
  const isOpen = run.state === 'open';
  const look = () =>
    check.mutate(
      run.steps
        .filter(({ asks, state }) => asks !== null && state !== 'passed')
        .map(({ id }) => ({ step: id, text: typed[id] })),
    );
  const points = t('lab.points', {
    earned: String(run.earned),
    total: String(run.total),
    required: String(run.required),
  });
  return (
    <Section title={t('lab.steps')}>
      <div className={styles.going}>
        {run.passedAt === null && isOpen ? (
          <p role="status" className={styles.quiet}>
            {check.isPending ? t('lab.checking') : points}
          </p>
        ) : (
          <Alert
            role="status"
            status={run.passedAt === null ? 'info' : 'success'}
            icon
            title={t(run.passedAt === null ? 'lab.over' : 'result.passed')}
            description={`${points} ${
              run.passedAt === null ? t('lab.overText') : t('result.passedText')
            }`}
          />
        )}
        {run.nonce && isOpen ? (
          <div className={styles.nonce}>
            <p className={styles.quiet}>{t('lab.nonce')}</p>
            <CopyBlock label={t('lab.nonce')} text={run.nonce} />
          </div>
        ) : null}
        <ol className={styles.steps}>
          {run.steps.map(step => (
            <Step
              key={step.id}
              lab={lab}
              run={run}
              step={step}
              typed={typed[step.id]}
              onTyped={text => setTyped({ ...typed, [step.id]: text })}
            />
          ))}
        </ol>
        {check.isError ? (
          <ErrorState title={t('lab.checkFailed')} error={check.error} />
        ) : null}
        <div className={styles.ways}>
          {isOpen ? (
            <>
              <Button
                variant={run.passedAt === null ? 'primary' : 'secondary'}
                isPending={check.isPending}
                isDisabled={wait > 0}
                onPress={look}
              >
                {t('lab.check')}
              </Button>
              <span className={styles.quiet}>
                {wait > 0
                  ? t('lab.wait', { count: wait })
                  : t('lab.ends', { time: format.instant(run.endsAt) })}
              </span>
            </>
          ) : null}
          {run.passedAt === null ? (
            <StartButton
              lab={lab}
              restart={isOpen}
              variant={isOpen ? 'secondary' : 'primary'}
              label={t('lab.restart')}
            />
          ) : null}
          {run.passedAt !== null && lab.module ? (
            <ButtonLink variant="primary" href={paths.module(lab.module.slug)}>
              {t('result.module')}
            </ButtonLink>
          ) : null}
          {run.passedAt !== null && lab.belt ? (
            <ButtonLink variant="primary" href={paths.belt(lab.belt.slug)}>
              {t('result.belt')}
            </ButtonLink>
          ) : null}
        </div>
        {isOpen ? null : <Needs lab={lab} />}
      </div>
    </Section>
  );
}
