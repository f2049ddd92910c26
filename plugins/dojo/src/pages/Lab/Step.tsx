import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, TextField } from '@backstage/ui';
import type {
  Lab,
  LabRun,
  RunStep,
} from '@fawkes/backstage-plugin-dojo-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { Instant, ScrollBox, useSaid } from '@fawkes/kit-ui/values';
import {
  RiCheckboxCircleFill,
  RiCircleLine,
  RiCloseCircleLine,
  RiQuestionLine,
} from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { Markdown } from '../../components/Markdown';
import { useVisitStep } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import styles from './Lab.module.css';

const ICONS = {
  open: RiCircleLine,
  passed: RiCheckboxCircleFill,
  failed: RiCloseCircleLine,
  unknown: RiQuestionLine,
};

const STATES = {
  open: 'step.openState',
  passed: 'step.passed',
  failed: 'step.failed',
  unknown: 'step.unknown',
} as const;

/** One step: what to do, how it stands, why, and what would help. */
export function Step({
  lab,
  run,
  step,
  typed,
  onTyped,
}: {
  lab: Lab;
  run: LabRun;
  step: RunStep;
  typed: string;
  onTyped(text: string): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const speak = useSaid();
  const Icon = ICONS[step.state];
  const about = step.about && speak(step.about, step.about.text);
  const isOpen = run.state === 'open' && step.state !== 'passed';
  return (
    <li className={styles.step} data-state={step.state}>
      <div className={styles.head}>
        <h4 lang={lab.locale} className={styles.title}>
          {step.title}
        </h4>
        <span className={styles.state}>
          <Icon aria-hidden size={18} /> {t(STATES[step.state])}
        </span>
      </div>
      <p className={styles.quiet}>
        {t('run.points', { count: step.points })}
        {step.required ? <> · {t('lesson.required')}</> : null}
        {step.lookedAt ? (
          <>
            {' '}
            · {t('step.looked')} <Instant at={step.lookedAt} />
          </>
        ) : null}
      </p>
      {about ? <p>{about}</p> : null}
      {step.page && !step.visits ? (
        <p>
          <Link href={step.page}>
            {t('step.page', { name: step.entity?.title ?? step.page })}
          </Link>
        </p>
      ) : null}
      {step.visits && isOpen ? <Visit lab={lab} run={run} step={step} /> : null}
      {step.asks && isOpen ? (
        <TextField
          label={t(`step.ask.${step.asks}`)}
          value={typed}
          onChange={onTyped}
          maxLength={500}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          inputMode={step.asks === 'number' ? 'decimal' : undefined}
        />
      ) : null}
      {step.why ? (
        <p className={styles.why}>{speak(step.why, step.why.text)}</p>
      ) : null}
      {step.fix ? (
        <div className={styles.fix}>
          <Markdown lang={lab.locale} inline>
            {step.fix}
          </Markdown>
        </div>
      ) : null}
      {step.evidence ? <Evidence evidence={step.evidence} /> : null}
    </li>
  );
}

/** The way to a page whose opening is what the step asks for. */
function Visit({ lab, run, step }: { lab: Lab; run: LabRun; step: RunStep }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const navigate = useNavigate();
  const { page } = step;
  const visit = useVisitStep(lab, run, () => page && navigate(page));
  if (!page) return null;
  return (
    <div>
      {visit.isError ? (
        <ErrorState title={t('lab.checkFailed')} error={visit.error} />
      ) : null}
      <Button
        variant="secondary"
        isPending={visit.isPending}
        onPress={() => visit.mutate(step.id)}
      >
        {t('step.open', { page })}
      </Button>
    </div>
  );
}

function Evidence({
  evidence,
}: {
  evidence: NonNullable<RunStep['evidence']>;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <details className={styles.evidence}>
      <summary>{t('evidence.title')}</summary>
      <p className={styles.quiet}>
        {t('evidence.source', { source: evidence.source })} ·{' '}
        {t(`evidence.${evidence.assurance}`)} ·{' '}
        <Instant at={evidence.observedAt} />
      </p>
      <ScrollBox label={t('evidence.excerpt')} maxHeight="16rem">
        <pre className={styles.excerpt}>
          {JSON.stringify(JSON.parse(evidence.excerpt), null, 2)}
        </pre>
      </ScrollBox>
      <p className={styles.digest}>SHA-256 {evidence.digest}</p>
    </details>
  );
}
