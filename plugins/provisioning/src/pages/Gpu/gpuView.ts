import {
  BINDINGS,
  ENVIRONMENTS,
  gpuHostSpecSchema,
  MIG_BOARDS,
  SHARING_METHODS,
  type GpuGroup,
  type GpuHostSpec,
  type MigBoard,
  type MigLayout,
} from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { z } from 'zod';

/** A GPU that can be chosen: how it is called, and how the rules know it. */
export interface GpuChoice {
  id: string;
  title: string;
  group: Pick<GpuGroup, 'vendor' | 'model' | 'pciDeviceId'>;
  /** How it can be cut, where that is known. */
  board?: MigBoard;
}

/** Every board of the table, then what is shared otherwise. */
export const GPU_CHOICES: readonly GpuChoice[] = [
  ...MIG_BOARDS.map(board => ({
    id: board.pciDeviceIds[0],
    title: board.board.replaceAll('/', ' · '),
    group: { vendor: 'nvidia', pciDeviceId: board.pciDeviceIds[0] } as const,
    board,
  })),
  {
    id: 'mi300x',
    title: 'AMD Instinct MI300X',
    group: { vendor: 'amd', model: 'MI300X' },
  },
  {
    id: 'max1550',
    title: 'Intel Data Center GPU Max 1550',
    group: { vendor: 'intel', model: 'Max 1550' },
  },
];

/** Most GPUs of a host that the page offers. */
export const MOST_GPUS = 8;
const numbers = (most: number) =>
  Array.from({ length: most }, (_, i) => String(i + 1)) as [
    string,
    ...string[],
  ];
export const GPU_COUNTS = numbers(MOST_GPUS);
export const ARCHITECTURES = ['x86_64', 'aarch64', 'riscv64'] as const;
/** How the MI300X can be partitioned. */
export const PARTITIONS = ['SPX NPS1', 'CPX NPS1', 'CPX NPS4'] as const;
/** Instances that fit on no GPU any more. */
const MOST_INSTANCES = 16;

/** Strategies of NVIDIA's device plugin for MIG. */
export const MIG_STRATEGIES = ['mixed', 'single', 'none'] as const;
/** What is known of the machine, where one says so. */
export const KNOWN = ['unknown', 'yes', 'no'] as const;

/** What a person tries out, as the address says it. */
export const gpuViewSchema = z.object({
  gpu: z.string().refine(id => GPU_CHOICES.some(choice => choice.id === id)),
  count: z.enum(GPU_COUNTS),
  arch: z.enum(ARCHITECTURES),
  environment: z.enum(ENVIRONMENTS),
  binding: z.enum(BINDINGS),
  sharing: z.enum(SHARING_METHODS),
  /** Replicas, clients or virtual functions, whatever the method takes. */
  share: z.string().regex(/^\d{1,3}$/),
  partition: z.enum(PARTITIONS),
  strategy: z.enum(MIG_STRATEGIES),
  /** A type of NVIDIA's, e.g. `H100-20C`; empty for none. */
  vgpuType: z.string().max(120),
  vgpuCount: z.string().regex(/^\d{1,2}$/),
  /** `host:port`; empty for none. */
  licence: z.string().max(260),
  iommu: z.enum(KNOWN),
  sriov: z.enum(KNOWN),
  /** A profile for each instance. */
  cut: z.array(z.string().max(40)).max(MOST_INSTANCES),
});
/** See {@link gpuViewSchema}. */
export type GpuView = z.infer<typeof gpuViewSchema>;

/** Two H100, not cut yet: an address without instances means none. */
export const DEFAULT_GPU_VIEW: GpuView = {
  gpu: '0x233010DE',
  count: '2',
  arch: 'x86_64',
  environment: 'bare_metal',
  binding: 'host',
  sharing: 'mig',
  share: '4',
  partition: 'SPX NPS1',
  strategy: 'mixed',
  vgpuType: '',
  vgpuCount: '1',
  licence: '',
  iommu: 'unknown',
  sriov: 'unknown',
  cut: [],
};

/** The GPU that is looked at. */
export function choiceOf({ gpu }: GpuView): GpuChoice {
  return GPU_CHOICES.find(({ id }) => id === gpu) ?? GPU_CHOICES[0];
}

/** How often each profile is wanted; those of another board are left out. */
export function layoutOf(view: GpuView): MigLayout {
  const { board } = choiceOf(view);
  const layout: Record<string, number> = {};
  for (const name of view.cut)
    if (board?.profiles.some(profile => profile.name === name))
      layout[name] = (layout[name] ?? 0) + 1;
  return layout;
}

/** A layout as the address keeps it. */
export function cutOf(layout: MigLayout): string[] {
  return Object.entries(layout)
    .flatMap(([name, count]) => Array<string>(count).fill(name))
    .slice(0, MOST_INSTANCES);
}

/** Whether the GPUs of a view are cut. */
export function isCut({ sharing }: GpuView): boolean {
  return sharing === 'mig' || sharing === 'auto';
}

/** Methods that are told a number. */
const NUMBER_OF = {
  'time-slicing': 'replicas',
  mps: 'clients',
  sriov: 'vfCount',
} as const;

/** What the number of a view is, where its method takes one. */
export function numberOf({
  sharing,
}: GpuView): 'replicas' | 'clients' | 'vfCount' | undefined {
  return Object.hasOwn(NUMBER_OF, sharing)
    ? NUMBER_OF[sharing as keyof typeof NUMBER_OF]
    : undefined;
}

/** Methods for which the machine itself has to be able. */
export function asksMachine({ sharing }: GpuView): boolean {
  return ['passthrough', 'sriov', 'vgpu'].includes(sharing);
}

/** The vGPUs of a view, once they have a type. */
function vgpuOf({ vgpuType, vgpuCount, licence }: GpuView) {
  if (vgpuType === '') return {};
  return {
    vgpu: {
      type: vgpuType,
      count: Number(vgpuCount),
      ...(licence !== '' && { licenceServer: licence }),
    },
  };
}

const SAID = { yes: true, no: false, unknown: null } as const;

/** The host of a view; what it does not ask for is left out. */
export function specOf(view: GpuView): GpuHostSpec {
  const choice = choiceOf(view);
  const count = Number(view.count);
  const number = numberOf(view);
  const [compute, memory] = view.partition.split(' ');
  return {
    fqdn: 'gpu.example.org',
    arch: view.arch,
    environment: view.environment,
    gpuGroups: [
      {
        ...choice.group,
        count,
        binding: view.binding,
        sharing: view.sharing,
        ...(number && { [number]: Number(view.share) }),
        ...(isCut(view) && { migStrategy: view.strategy }),
        ...(view.sharing === 'vgpu' && vgpuOf(view)),
        ...(view.sharing === 'amd-partition' && {
          partitions: Array.from({ length: count }, (_, gpu) => ({
            gpu,
            compute: compute as 'SPX' | 'CPX',
            memory: memory as 'NPS1' | 'NPS4',
          })),
        }),
      },
    ],
    ...(asksMachine(view) && {
      facts: { iommu: SAID[view.iommu], sriov: SAID[view.sriov] },
    }),
    ...(isCut(view) &&
      choice.board && {
        migLayouts: [{ gpu: 'all', layout: layoutOf(view) }],
      }),
  };
}

/** What is typed and not chosen, by where it lies in a host. */
const TYPED = {
  vgpuType: 'gpuGroups.0.vgpu.type',
  vgpuCount: 'gpuGroups.0.vgpu.count',
  licence: 'gpuGroups.0.vgpu.licenceServer',
} as const;
/** See {@link faultsOf}. */
export type TypedFault = keyof typeof TYPED;

/**
 * What of a host is not written as the API takes it: of that nobody can say
 * whether it goes.
 */
export function faultsOf(spec: GpuHostSpec): TypedFault[] {
  const { error } = gpuHostSpecSchema.safeParse(spec);
  const paths = error?.issues.map(({ path }) => path.join('.')) ?? [];
  return (Object.keys(TYPED) as TypedFault[]).filter(field =>
    paths.includes(TYPED[field]),
  );
}
