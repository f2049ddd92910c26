import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import {
  STATE_SETS,
  type ChangeState,
  type ChangeSummary,
  type GateOutlook,
  type RiskRoute,
} from '@fawkes/backstage-plugin-cab-common';
import {
  layout,
  StateLabel,
  type Tone,
  useFormat,
} from '@fawkes/kit-ui/values';
import { RiFlaskLine } from '@remixicon/react';
import { cabTranslationRef } from '../../translation';

const isOf = (set: readonly string[], state: ChangeState) =>
  set.includes(state);

/** How a state is to be taken. */
function toneOf(state: ChangeState): Tone {
  if (isOf(STATE_SETS.parked, state)) return 'care';
  if (isOf(STATE_SETS.before, state) || isOf(STATE_SETS.review, state)) {
    return 'waiting';
  }
  if (isOf(STATE_SETS.open, state)) return 'good';
  if (isOf(STATE_SETS.run, state) || isOf(STATE_SETS.passing, state)) {
    return 'moving';
  }
  const bad = ['rejected', 'revoked', 'failed', 'unauthorized', 'rolled_back'];
  if (bad.includes(state)) return 'bad';
  return ['withdrawn', 'expired'].includes(state) ? 'over' : 'good';
}

/** Where a change request stands. */
export function ChangeStateLabel({ state }: { state: ChangeState }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return <StateLabel tone={toneOf(state)}>{t(`state.${state}`)}</StateLabel>;
}

const VERDICTS: Record<GateOutlook['verdict'], Tone> = {
  allow: 'good',
  deny: 'bad',
  pending: 'waiting',
};

/** What the gate says, in a word. */
export function VerdictLabel({ verdict }: Pick<GateOutlook, 'verdict'>) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <StateLabel tone={VERDICTS[verdict]}>{t(`gate.${verdict}`)}</StateLabel>
  );
}

/** Writes scores with the decimals of the language. */
export function useScore(): (shown: string) => string {
  const { locale } = useFormat();
  return shown =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).format(Number(shown));
}

/** A score with its band in a word: never by a colour. */
export function RiskLabel({
  score,
  route,
}: {
  score: string | null;
  route: RiskRoute | null;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const write = useScore();
  if (score === null || route === null) {
    return <span className={layout.quiet}>{t('risk.unscored')}</span>;
  }
  return (
    <span className={layout.number}>
      {write(score)} · {t(`band.${route}`)}
    </span>
  );
}

/** An environment with what kind it is. */
export function EnvironmentName({
  environment,
  environmentClass,
}: Pick<ChangeSummary, 'environment' | 'environmentClass'>) {
  const { t } = useTranslationRef(cabTranslationRef);
  const words = t(`class.${environmentClass ?? 'unlisted'}`);
  // "test (test)" would be said by a machine.
  return words === environment || environmentClass === environment ? (
    <>{environment}</>
  ) : (
    <>
      {environment} <span className={layout.quiet}>({words})</span>
    </>
  );
}

/** Says that something was made to show how this works. */
export function SampleMark() {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <Badge size="small" icon={<RiFlaskLine aria-hidden />}>
      {t('sample.label')}
    </Badge>
  );
}
