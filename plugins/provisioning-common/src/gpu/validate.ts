import { cutGpus } from './cut';
import { Findings } from './findings';
import { numberGroups } from './hostGpus';
import { checkParameters } from './parameters';
import { settleSharing } from './sharing';
import type { GpuHostSpec } from './spec';
import { checkGate, checkSupport } from './support';
import type { GpuVerdict } from './verdict';

/**
 * Whether a host can be so: both gates, what each method needs, and a place for
 * every MIG instance.
 *
 * @param now - ms since 1970; facts age by it
 * @public
 */
export function validateGpuHost(spec: GpuHostSpec, now: number): GpuVerdict {
  const findings = new Findings();
  const groups = settleSharing(spec, numberGroups(spec), findings);
  checkSupport(spec, groups, findings);
  for (const group of groups) {
    checkGate(spec, group, findings);
    checkParameters(spec, group, findings);
  }
  const { placements, alternatives } = cutGpus(spec, groups, now, findings);
  const all = findings.all();
  return {
    ok: all.every(({ severity }) => severity !== 'error'),
    findings: all,
    placements: groups.flatMap(({ gpus }) =>
      gpus.map(gpu => placements.get(gpu) ?? []),
    ),
    alternatives,
  };
}
