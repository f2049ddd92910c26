import type { Findings } from './findings';
import { isBeforeVolta, isMi300x, nameOf } from './hostGpus';
import type { SharedGroup } from './sharing';
import type { GpuGroup, GpuHostSpec } from './spec';

type Check = (
  group: GpuGroup,
  path: string,
  spec: GpuHostSpec,
  findings: Findings,
) => void;

/** What has to be there before a method works, and what it is told. */
const CHECKS: Partial<Record<string, Check>> = {
  'time-slicing': checkTimeSlicing,
  mps: checkMps,
  vgpu: checkVgpu,
  sriov: checkSriov,
  passthrough: checkPassthrough,
  mig: checkGuest,
  'amd-partition': checkPartitions,
};

/** Prerequisites and parameters of a group's methods. */
export function checkParameters(
  spec: GpuHostSpec,
  { group, path, methods }: SharedGroup,
  findings: Findings,
): void {
  for (const method of methods) CHECKS[method]?.(group, path, spec, findings);
}

const FEWEST_REPLICAS = 2;
const MOST_REPLICAS = 48;
/** More take turns so seldom that it has to be known. */
const MANY_REPLICAS = 10;

function checkTimeSlicing(
  { replicas = 0 }: GpuGroup,
  path: string,
  _: GpuHostSpec,
  findings: Findings,
): void {
  const at = `${path}.replicas`;
  if (replicas < FEWEST_REPLICAS || replicas > MOST_REPLICAS)
    findings.add('parameters', 'error', at, 'TIME_SLICING_REPLICAS', {
      replicas,
    });
  else if (replicas > MANY_REPLICAS)
    findings.add('parameters', 'warning', at, 'TIME_SLICING_MANY', {
      replicas,
    });
}

const MOST_CLIENTS = 48;
const MOST_CLIENTS_BEFORE_VOLTA = 16;

function checkMps(
  group: GpuGroup,
  path: string,
  _: GpuHostSpec,
  findings: Findings,
): void {
  const { clients = 0 } = group;
  const most = isBeforeVolta(group) ? MOST_CLIENTS_BEFORE_VOLTA : MOST_CLIENTS;
  const at = `${path}.clients`;
  if (clients < 1 || clients > most)
    findings.add('parameters', 'error', at, 'MPS_CLIENTS', { most, clients });
  else if (clients === 1)
    findings.add('parameters', 'warning', at, 'MPS_ONE_CLIENT');
}

/** The memory in the name of a vGPU type, e.g. 20 GB of `H100-20C`. */
const MEMORY = /-(\d{1,3})[ABCQ](-|$)/i;

function checkVgpu(
  { vgpu }: GpuGroup,
  path: string,
  { facts }: GpuHostSpec,
  findings: Findings,
): void {
  const at = `${path}.vgpu`;
  if (!vgpu) {
    findings.add('parameters', 'error', at, 'VGPU_SPEC');
    return;
  }
  if (vgpu.licenceServer === undefined)
    findings.add(
      'prerequisites',
      'error',
      `${at}.licenceServer`,
      'LICENCE_SERVER',
    );
  const { type, count } = vgpu;
  const memory = MEMORY.exec(type);
  const there = facts?.framebufferMiB;
  if (!memory) {
    findings.add('parameters', 'warning', `${at}.type`, 'VGPU_UNKNOWN', {
      type,
    });
    return;
  }
  if (there === undefined) {
    factUnknown(`${at}.type`, 'framebuffer', findings);
    return;
  }
  const wanted = count * Number(memory[1]) * 1_024;
  if (wanted > there)
    findings.add('parameters', 'warning', `${at}.count`, 'VGPU_FRAMEBUFFER', {
      count,
      type,
      wanted,
      there,
    });
}

function checkSriov(
  { vendor, vfCount = 0, vgpu }: GpuGroup,
  path: string,
  { facts }: GpuHostSpec,
  findings: Findings,
): void {
  checkIommu(path, facts, findings);
  if (facts?.sriov === false)
    findings.add(
      'prerequisites',
      'error',
      `${path}.sharing`,
      'SRIOV_UNSUPPORTED',
    );
  else if (facts?.sriov !== true)
    factUnknown(`${path}.sharing`, 'sriov', findings);
  const at = `${path}.vfCount`;
  const there = facts?.vfs;
  if (vfCount < 1 || (typeof there === 'number' && vfCount > there))
    findings.add('prerequisites', 'error', at, 'VF_COUNT', {
      wanted: vfCount,
      there: there ?? '?',
    });
  else if (typeof there !== 'number') factUnknown(at, 'vfs', findings);
  if (vendor === 'nvidia' && vgpu?.licenceServer === undefined)
    findings.add('prerequisites', 'warning', `${path}.vgpu`, 'SRIOV_VGPU');
}

function checkPassthrough(
  _: GpuGroup,
  path: string,
  { environment, facts }: GpuHostSpec,
  findings: Findings,
): void {
  // In a guest it is received: the host has handed it on already.
  if (environment !== 'virtual_guest') checkIommu(path, facts, findings);
}

function checkIommu(
  path: string,
  facts: GpuHostSpec['facts'],
  findings: Findings,
): void {
  const at = `${path}.sharing`;
  if (facts?.iommu === false)
    findings.add('prerequisites', 'error', at, 'IOMMU');
  else if (facts?.iommu !== true) factUnknown(at, 'iommu', findings);
}

function checkGuest(
  _: GpuGroup,
  path: string,
  { environment, facts }: GpuHostSpec,
  findings: Findings,
): void {
  if (environment !== 'virtual_guest') return;
  const at = `${path}.sharing`;
  if (facts?.wholeGpu === false)
    findings.add('prerequisites', 'error', at, 'GUEST_DEVICE');
  else if (facts?.wholeGpu !== true) factUnknown(at, 'whole_gpu', findings);
}

type Fact = 'iommu' | 'sriov' | 'vfs' | 'whole_gpu' | 'framebuffer';

/** At validate it is to be known; reserving refuses it. */
function factUnknown(path: string, fact: Fact, findings: Findings): void {
  findings.add('prerequisites', 'warning', path, `FACT_UNKNOWN.${fact}`);
}

/** Modes that the MI300X has. */
const MODES = new Set(['SPX NPS1', 'CPX NPS1', 'CPX NPS4']);

function checkPartitions(
  group: GpuGroup,
  path: string,
  { facts, gpuGroups }: GpuHostSpec,
  findings: Findings,
): void {
  if (!isMi300x(group)) {
    const board = nameOf(group);
    findings.add('board', 'error', `${path}.model`, 'UNKNOWN_BOARD', { board });
    return;
  }
  const { partitions = [], skipped = [] } = group;
  const at = `${path}.partitions`;
  if (partitions.length === 0) {
    findings.add('parameters', 'error', at, 'AMD_PARTITIONS');
    return;
  }
  const seen = new Set<number>();
  partitions.forEach(({ gpu, compute, memory }, i) => {
    const here = `${at}[${i}]`;
    if (seen.has(gpu))
      findings.add('parameters', 'error', `${here}.gpu`, 'GPU_TWICE', { gpu });
    seen.add(gpu);
    const mode = `${compute} ${memory}`;
    if (memory === 'NPS4' && compute !== 'CPX')
      findings.add('parameters', 'error', here, 'AMD_NPS4_NEEDS_CPX', {
        compute,
      });
    else if (!MODES.has(mode))
      findings.add('parameters', 'error', here, 'AMD_MODE', { mode });
  });
  if (new Set(partitions.map(({ memory }) => memory)).size > 1)
    findings.add('parameters', 'error', at, 'AMD_NPS_MIX');
  if (new Set(partitions.map(({ compute }) => compute)).size > 1)
    findings.add('parameters', 'warning', at, 'AMD_COMPUTE_MIXED');

  // What the host says counts, where it can only mean this group.
  const gpus =
    gpuGroups.length === 1 ? facts?.gpus ?? group.count : group.count;
  const left = new Set(skipped.filter(gpu => gpu < gpus && !seen.has(gpu)));
  const assigned = [...seen].filter(gpu => gpu < gpus).length;
  if (assigned + left.size !== gpus || assigned !== seen.size)
    findings.add('parameters', 'error', at, 'AMD_SUM', {
      assigned: seen.size,
      skipped: left.size,
      gpus,
    });
}
