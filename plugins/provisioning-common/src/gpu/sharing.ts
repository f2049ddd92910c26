import type { Findings } from './findings';
import { resolveAuto, type Resolved } from './gates';
import { boardsOf, type NumberedGroup } from './hostGpus';
import type { GpuHostSpec, SharingMethod } from './spec';

/** A group, and the methods its GPUs are shared by. */
export interface SharedGroup extends NumberedGroup {
  methods: Resolved[];
}

/** The only two methods that one GPU bears at a time. */
const PAIRS: ReadonlyArray<readonly [Resolved, Resolved]> = [
  ['mig', 'time-slicing'],
  ['mig', 'vgpu'],
];

/** What MPS never meets on one host, whatever the group. */
const NOT_BESIDE_MPS: readonly Resolved[] = ['mig', 'time-slicing'];

/** Settles `auto`, and finds methods that do not go together. */
export function settleSharing(
  spec: GpuHostSpec,
  groups: readonly NumberedGroup[],
  findings: Findings,
): SharedGroup[] {
  const shared = groups.map(numbered => {
    const told = [numbered.group.sharing].flat();
    const path = `${numbered.path}.sharing`;
    const [one, other] = told;
    if (other !== undefined && !isPair(told)) {
      findings.add('auto', 'error', path, 'SHARING_CONFLICT', { one, other });
      return { ...numbered, methods: [] };
    }
    const methods = told.flatMap(method =>
      method === 'auto' ? settleAuto(spec, numbered, findings) : method,
    );
    return { ...numbered, methods };
  });

  const first = shared.find(({ methods }) => methods.includes('mps'));
  if (!first) return shared;
  for (const { methods, path } of shared) {
    const other = methods.find(method => NOT_BESIDE_MPS.includes(method));
    if (other)
      findings.add('auto', 'error', `${path}.sharing`, 'SHARING_CONFLICT', {
        one: 'mps',
        other,
      });
  }
  return shared;
}

function isPair(told: readonly SharingMethod[]): boolean {
  return PAIRS.some(pair => pair.every(method => told.includes(method)));
}

/** No layout is ever invented: without one, nothing is cut. */
function settleAuto(
  { environment, migLayouts = [], facts }: GpuHostSpec,
  { group, path, gpus }: NumberedGroup,
  findings: Findings,
): Resolved[] {
  const isNamed = migLayouts.some(({ gpu }) => {
    if (gpu === 'all') return true;
    const index =
      typeof gpu === 'number' ? gpu : facts?.uuids?.indexOf(gpu) ?? -1;
    return gpus.includes(index);
  });
  const method = resolveAuto({
    vendor: group.vendor,
    environment,
    canBeCut: isNamed && boardsOf(group).length === 1,
  });
  if (!method) {
    findings.add('auto', 'error', `${path}.sharing`, 'AUTO_UNDEFINED');
    return [];
  }
  findings.add('auto', 'info', `${path}.sharing`, 'AUTO_RESOLVED', { method });
  return [method];
}
