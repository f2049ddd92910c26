import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  GpuVerdict,
  Severity,
} from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { SaidText } from '@fawkes/kit-ui/query';
import { layout, Section, StateLabel, type Tone } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';

const TONES: Record<Severity, Tone> = {
  error: 'bad',
  warning: 'care',
  info: 'unknown',
};

/** Whether it goes, and everything that was found. */
export function Verdict({ verdict }: { verdict: GpuVerdict }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { ok, findings } = verdict;
  return (
    <Section title={t('gpu.verdict')}>
      <div role="status">
        <StateLabel tone={ok ? 'good' : 'bad'}>
          {t(ok ? 'gpu.ok' : 'gpu.refused')}
        </StateLabel>
      </div>
      {findings.length > 0 ? (
        <ul className={layout.items} aria-label={t('gpu.findings')}>
          {distinct(findings).map(finding => (
            <li key={`${finding.code} ${finding.path}`} className={layout.item}>
              <StateLabel tone={TONES[finding.severity]}>
                {t(`gpu.severity.${finding.severity}`)}
              </StateLabel>
              <SaidText said={finding} />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

/** GPUs that are cut alike say the same: it is said once. */
function distinct(findings: GpuVerdict['findings']): GpuVerdict['findings'] {
  return [
    ...new Map(
      findings.map(one => [`${one.code} ${one.path}`, one] as const).reverse(),
    ).values(),
  ].reverse();
}
