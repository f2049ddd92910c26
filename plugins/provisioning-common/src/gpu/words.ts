import { wordsOf } from '@fawkes/kit-contract';

/**
 * What is found in the words for a GPU host; a code never changes its meaning.
 * Each has a heading of its name in the docs, that says how to get on.
 */
const TEXTS = {
  ARCH_UNSUPPORTED:
    '{{vendor}} GPUs do not run on {{arch}}: choose a host of another architecture',
  ARCH_TOOLKIT: '{{what}} is not made for {{arch}}',
  EXPERIMENTAL_FLAG_REQUIRED:
    '{{vendor}} on {{arch}} is experimental: a platform engineer has to allow it',
  EXPERIMENTAL: '{{vendor}} on {{arch}} is experimental, and was allowed',

  AUTO_UNDEFINED:
    'What the host of a container shares is not known here: name the method',
  AUTO_RESOLVED: 'auto is {{method}} here',

  SHARING_VENDOR: '{{method}} is not a way to share a GPU of {{vendor}}',
  SHARING_ENVIRONMENT: '{{method}} does not go in {{environment}}',
  SHARING_CONFLICT: '{{one}} and {{other}} do not go together on one host',
  BOARD_SHARING: 'A Jetson can be shared by time-slicing only',
  BINDING_CONFLICT:
    '{{method}} needs the other driver: the GPUs are bound to {{binding}}',
  BINDING_ENVIRONMENT: 'There is no vfio in {{environment}}: bind to host',
  NO_MEMORY_ISOLATION:
    '{{method}} shares without isolating memory: one can take the memory of all',
  SET_BY_HOST:
    '{{method}} is set by the host of the container; it is recorded only',
  NO_GUEST: 'Passed through on bare metal: there is no guest to receive it',

  MIG_BOARD:
    'The slices of {{board}} are not known: add what nvidia-smi mig -lgipp says on the host',
  BOARD_AMBIGUOUS: '{{model}} may be {{boards}}: give the PCI id',
  UNKNOWN_BOARD: '{{board}} cannot be partitioned: only the MI300X can here',
  MIG_LAYOUT: 'MIG needs a layout: say how GPU {{gpu}} is cut',
  MIG_EMPTY: 'GPU {{gpu}} has MIG on and no instances: nobody can use it',
  GPU_TWICE: 'GPU {{gpu}} has a layout already',
  GPU_UNKNOWN: 'There is no GPU {{gpu}} with MIG here',
  UNKNOWN_PROFILE: '{{board}} has no profile {{profile}}; it has {{known}}',
  COMPUTE_INSTANCE:
    '{{profile}} is a compute instance: ask for {{within}}, and divide it afterwards',
  INCONSISTENT_STATE:
    'What GPU {{gpu}} is said to hold cannot be ({{profile}}): read it again',
  MIG_ME: 'A GPU has one profile with media engines: {{profile}} is one more',
  MIG_ME_ALL:
    '+me.all takes every decoder: beside it only -me profiles go, not {{profile}}',
  MIG_MAX: '{{count}} × {{profile}} asked for, {{max}} go on one GPU',
  MIG_FRAGMENTED:
    'There is room on GPU {{gpu}}, but in pieces: what is there would have to move',
  MIG_DOES_NOT_FIT:
    'GPU {{gpu}} has {{slices}} compute slices and {{units}} memory units; that takes {{compute}} and {{memory}}',
  MIG_SINGLE_UNEQUAL:
    'Strategy single needs the same profile everywhere, on every GPU alike',
  UNPROVEN_PLACEMENT:
    'Where instances lie on {{board}} is inferred from boards of the same parts; the host is asked before it is cut',
  STALE_FACTS:
    'What is on GPU {{gpu}} was read {{minutes}} minutes ago; it is read again before anything is cut',

  'FACT_UNKNOWN.iommu':
    'Whether the host has an IOMMU is not known yet; it has to be before the host is reserved',
  'FACT_UNKNOWN.sriov':
    'Whether the GPUs have SR-IOV is not known yet; it has to be before the host is reserved',
  'FACT_UNKNOWN.vfs':
    'How many virtual functions there are is not known yet; it has to be before the host is reserved',
  'FACT_UNKNOWN.whole_gpu':
    'Whether the guest has a whole GPU is not known yet; it has to be before the host is reserved',
  'FACT_UNKNOWN.framebuffer':
    'The memory of the board is not known yet; it has to be before the host is reserved',
  IOMMU: 'The host has no IOMMU: a GPU cannot be handed on',
  SRIOV_UNSUPPORTED: 'The host says that its GPUs have no SR-IOV',
  VF_COUNT: '{{wanted}} virtual functions asked for, {{there}} are there',
  GUEST_DEVICE: 'The guest has no whole GPU: MIG needs one',
  LICENCE_SERVER: 'vGPU needs a licence server (host:port)',
  VGPU_SPEC: 'Say which vGPU type, and how many',
  VGPU_UNKNOWN: 'The memory of {{type}} is not in its name; it is not checked',
  VGPU_FRAMEBUFFER:
    '{{count}} × {{type}} take {{wanted}} MiB, the board has {{there}} MiB',
  SRIOV_VGPU:
    'NVIDIA virtual functions carry vGPUs: a licence server is needed before the host is reserved',
  TIME_SLICING_REPLICAS:
    'Time-slicing takes 2 to 48 replicas, not {{replicas}}',
  TIME_SLICING_MANY:
    '{{replicas}} take turns on one GPU: each waits for all the others',
  MPS_CLIENTS: 'MPS takes 1 to {{most}} clients, not {{clients}}',
  MPS_ONE_CLIENT: 'MPS with one client shares nothing',
  AMD_PARTITIONS: 'Say how the GPUs are partitioned',
  AMD_NPS4_NEEDS_CPX: 'NPS4 goes with CPX only, not with {{compute}}',
  AMD_NPS_MIX: 'All GPUs of a host have the same memory mode',
  AMD_COMPUTE_MIXED: 'The GPUs of one host are partitioned differently',
  AMD_MODE:
    'The MI300X has SPX or CPX with NPS1, and CPX with NPS4, not {{mode}}',
  AMD_SUM:
    '{{assigned}} partitioned and {{skipped}} left out are not the {{gpus}} GPUs of the group',
} as const;

/** The findings about GPU hosts. @public */
export const gpuWords = wordsOf(TEXTS);
/** A code of {@link gpuWords}. @public */
export type GpuCode = (typeof gpuWords.codes)[number];
