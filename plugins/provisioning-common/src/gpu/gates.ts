import type { Binding, Environment, SharingMethod, Vendor } from './spec';

/** Words for the processor of a host, and what they mean. */
const ARCHITECTURES = {
  x86_64: 'x86_64',
  amd64: 'x86_64',
  aarch64: 'aarch64',
  arm64: 'aarch64',
  riscv64: 'riscv64',
} as const;
/** The processor of a host. @public */
export type Arch = (typeof ARCHITECTURES)[keyof typeof ARCHITECTURES];

/** The processor that a word means. @public */
export function archOf(word: string): Arch | undefined {
  return Object.hasOwn(ARCHITECTURES, word)
    ? ARCHITECTURES[word as keyof typeof ARCHITECTURES]
    : undefined;
}

/** Whether a vendor's GPUs run on a processor at all; `experimental` has to be asked for. */
export const SUPPORT: Readonly<
  Record<Arch, Readonly<Record<Vendor, 'ok' | 'experimental' | 'refused'>>>
> = {
  x86_64: { nvidia: 'ok', amd: 'ok', intel: 'ok' },
  aarch64: { nvidia: 'ok', amd: 'experimental', intel: 'refused' },
  riscv64: { nvidia: 'refused', amd: 'experimental', intel: 'refused' },
};

/**
 * What becomes of a method in an environment: it goes, goes with a warning, or is
 * refused because of the environment or the driver the GPU is bound to.
 */
export type Cell =
  | 'ok'
  | 'warn'
  | 'SHARING_ENVIRONMENT'
  | 'BINDING_CONFLICT'
  | 'BINDING_ENVIRONMENT';

/** What a method is once `auto` has been resolved. */
export type Resolved = Exclude<SharingMethod, 'auto'>;

type Row = Readonly<Record<Environment, Readonly<Record<Binding, Cell>>>>;

const E = 'SHARING_ENVIRONMENT';
const B = 'BINDING_CONFLICT';
const X = 'BINDING_ENVIRONMENT';

/** A row of cells, each for a GPU of the host's driver and for one handed on. */
function row(
  metal: [Cell, Cell],
  host: [Cell, Cell],
  guest: [Cell, Cell],
  container: [Cell, Cell],
): Row {
  const pair = ([own, vfio]: [Cell, Cell]) => ({ host: own, vfio });
  return {
    bare_metal: pair(metal),
    virtual_host: pair(host),
    virtual_guest: pair(guest),
    container: pair(container),
  };
}

/** Which method goes where. */
export const GATE: Readonly<Record<Resolved, Row>> = {
  none: row(['ok', 'ok'], ['ok', 'ok'], ['ok', X], ['ok', X]),
  mig: row(['ok', B], ['ok', B], ['ok', X], [E, E]),
  vgpu: row([E, E], ['ok', B], ['ok', X], [E, E]),
  'time-slicing': row(['warn', B], ['warn', B], ['warn', X], ['warn', X]),
  mps: row(['ok', B], ['ok', B], ['ok', X], ['warn', X]),
  sriov: row(['ok', B], ['ok', B], [E, E], [E, E]),
  'level-zero': row(['warn', B], ['warn', B], ['warn', X], ['warn', X]),
  oneapi: row(['warn', B], ['warn', B], ['warn', X], ['warn', X]),
  'amd-partition': row(['ok', B], ['ok', B], [E, E], [E, E]),
  passthrough: row([B, 'warn'], [B, 'ok'], ['ok', X], [E, E]),
};

/** Whose GPUs can be shared so. */
export const VENDORS_OF: Readonly<Record<Resolved, readonly Vendor[]>> = {
  none: ['nvidia', 'amd', 'intel'],
  mig: ['nvidia'],
  vgpu: ['nvidia'],
  'time-slicing': ['nvidia'],
  mps: ['nvidia'],
  sriov: ['nvidia', 'amd', 'intel'],
  'level-zero': ['intel'],
  oneapi: ['intel'],
  'amd-partition': ['amd'],
  passthrough: ['nvidia', 'amd', 'intel'],
};

/** What `auto` is, once everything it looks at is known. */
export function resolveAuto({
  vendor,
  environment,
  canBeCut,
}: {
  vendor: Vendor;
  environment: Environment;
  /** Its board is in the table, and somebody said how to cut it. */
  canBeCut: boolean;
}): Resolved | undefined {
  if (environment === 'virtual_host') return 'sriov';
  if (environment === 'virtual_guest') return 'passthrough';
  if (environment === 'container') return undefined;
  return vendor === 'nvidia' && canBeCut ? 'mig' : 'none';
}
