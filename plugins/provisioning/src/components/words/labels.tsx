import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DriftWord,
  EffectState,
  Release,
  RequestState,
  RunState,
  Service,
  ServiceState,
} from '@fawkes/backstage-plugin-provisioning-common';
import { StateLabel, type Tone } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';

const REQUEST: Record<RequestState, Tone> = {
  accepted: 'moving',
  running: 'moving',
  updating: 'moving',
  ready: 'good',
  failed: 'bad',
  needs_person: 'care',
  cancelled: 'over',
  destroying: 'moving',
  destroy_incomplete: 'care',
  destroyed: 'over',
  forgotten: 'over',
};

/** Where a request stands. */
export function RequestStateLabel({ state }: { state: RequestState }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return <StateLabel tone={REQUEST[state]}>{t(`request.${state}`)}</StateLabel>;
}

const SERVICE: Record<ServiceState, Tone> = {
  none: 'over',
  starting: 'moving',
  healthy: 'good',
  unhealthy: 'bad',
  stopped: 'over',
};

/** What the running service does. */
export function ServiceStateLabel({ service }: { service: Service }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <StateLabel tone={SERVICE[service.state]}>
      {t(`service.${service.state}`)}
    </StateLabel>
  );
}

const EFFECT: Record<EffectState, Tone> = {
  planned: 'waiting',
  sent: 'moving',
  done: 'good',
  failed: 'bad',
  unknown: 'unknown',
  skipped: 'over',
  undone: 'over',
};

/** Where an effect stands. */
export function EffectStateLabel({ state }: { state: EffectState }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return <StateLabel tone={EFFECT[state]}>{t(`effect.${state}`)}</StateLabel>;
}

const RUN: Record<RunState, Tone> = {
  running: 'moving',
  done: 'good',
  failed: 'bad',
  needs_person: 'care',
  cancelled: 'over',
  superseded: 'over',
};

/** Where a run stands. */
export function RunStateLabel({ state }: { state: RunState }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return <StateLabel tone={RUN[state]}>{t(`run.state.${state}`)}</StateLabel>;
}

const RELEASE: Record<Release['state'], Tone> = {
  deploying: 'moving',
  healthy: 'good',
  failed: 'bad',
  superseded: 'over',
  retired: 'over',
};

/** What became of a release. */
export function ReleaseStateLabel({ state }: { state: Release['state'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return <StateLabel tone={RELEASE[state]}>{t(`release.${state}`)}</StateLabel>;
}

const DRIFT: Record<DriftWord, Tone> = {
  in_sync: 'good',
  changed_by_people: 'care',
  broken: 'bad',
  behind_template: 'waiting',
  unknown: 'unknown',
};

/** How what exists compares with what was written. */
export function DriftLabel({ word }: { word: DriftWord }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return <StateLabel tone={DRIFT[word]}>{t(`drift.${word}`)}</StateLabel>;
}
