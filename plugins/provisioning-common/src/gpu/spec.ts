import { nameSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import { lineSchema } from '../contract/text';
import { writtenRefSchema } from '../contract/ids';

/** What a host runs in. @public */
export const ENVIRONMENTS = [
  'bare_metal',
  'virtual_host',
  'virtual_guest',
  'container',
] as const;
/** One of {@link ENVIRONMENTS}. @public */
export type Environment = (typeof ENVIRONMENTS)[number];

/** Who makes a GPU. @public */
export const VENDORS = ['nvidia', 'amd', 'intel'] as const;
/** One of {@link VENDORS}. @public */
export type Vendor = (typeof VENDORS)[number];

/** How several can use one GPU. @public */
export const SHARING_METHODS = [
  'none',
  'mig',
  'vgpu',
  'time-slicing',
  'mps',
  'sriov',
  'level-zero',
  'oneapi',
  'amd-partition',
  'passthrough',
  'auto',
] as const;
/** One of {@link SHARING_METHODS}. @public */
export type SharingMethod = (typeof SHARING_METHODS)[number];

/** The driver that a GPU is bound to: the host's own, or one that hands it on. @public */
export const BINDINGS = ['host', 'vfio'] as const;
/** One of {@link BINDINGS}. @public */
export type Binding = (typeof BINDINGS)[number];

/** Most GPUs of one host. @public */
export const MAX_GPUS = 32;

const count = (most: number) => z.number().int().min(1).max(most);

/** `host:port` of a licence server. */
const serverSchema = textUpTo(260).regex(
  /^[a-z0-9][a-z0-9.-]{0,252}:\d{1,5}$/i,
  'must be host:port',
);

/** Where a secret lies; never the secret. @public */
export const secretRefSchema = z.strictObject({
  provider: nameSchema(63),
  name: textUpTo(253).min(1),
  key: textUpTo(253).min(1),
});

const partitionSchema = z.strictObject({
  /** Index of the GPU within its group. */
  gpu: z
    .number()
    .int()
    .min(0)
    .max(MAX_GPUS - 1),
  compute: z.enum(['SPX', 'DPX', 'QPX', 'CPX']),
  memory: z.enum(['NPS1', 'NPS2', 'NPS4']),
});

const pciIdSchema = textUpTo(20).regex(
  /^(0x)?[0-9a-f]{8}$|^[0-9a-f]{4}:[0-9a-f]{4}$/i,
  'must be a PCI id, e.g. 0x233010DE or 10de:2330',
);

/** GPUs of a host that are treated alike. @public */
export const gpuGroupSchema = z
  .strictObject({
    vendor: z.enum(VENDORS),
    /** As people call it; the PCI id is exact. */
    model: lineSchema(120).optional(),
    pciDeviceId: pciIdSchema.optional(),
    /** GPUs of it on the host. */
    count: count(MAX_GPUS),
    binding: z.enum(BINDINGS),
    sharing: z.union([
      z.enum(SHARING_METHODS),
      z.array(z.enum(SHARING_METHODS)).min(1).max(2),
    ]),
    /** Who takes turns, with time-slicing. */
    replicas: z.number().int().min(0).max(1_000).optional(),
    /** Who shares, with MPS. */
    clients: z.number().int().min(0).max(1_000).optional(),
    vfCount: z.number().int().min(0).max(1_000).optional(),
    pfDevice: textUpTo(20)
      .regex(
        /^([0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i,
        'must be a PCI address, e.g. 0000:3b:00.0',
      )
      .optional(),
    vgpu: z
      .strictObject({
        type: lineSchema(120),
        count: count(64),
        licenceServer: serverSchema.optional(),
        licenceSecret: secretRefSchema.optional(),
      })
      .optional(),
    partitions: z.array(partitionSchema).max(MAX_GPUS).optional(),
    /** Indices that are left as they are, with partitions. */
    skipped: z
      .array(z.number().int().min(0).max(1_000))
      .max(MAX_GPUS)
      .optional(),
    migStrategy: z.enum(['none', 'single', 'mixed']).optional(),
  })
  .refine(
    group => group.model !== undefined || group.pciDeviceId !== undefined,
    { message: 'must name the model or the PCI id', path: ['model'] },
  );
/** See {@link gpuGroupSchema}. @public */
export type GpuGroup = z.infer<typeof gpuGroupSchema>;

const profileSchema = textUpTo(40).min(1);

/** How one GPU is cut, or all of them. @public */
export const migLayoutSchema = z.strictObject({
  /** Index over the groups as sent, a UUID, or all that use MIG. */
  gpu: z.union([
    z.number().int().min(0).max(1_000),
    z.literal('all'),
    textUpTo(60).regex(
      /^(GPU-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      'must be an index, a UUID or "all"',
    ),
  ]),
  layout: z
    .record(profileSchema, z.number().int().min(0).max(64))
    .refine(
      layout => Object.keys(layout).length <= 16,
      'must name at most 16 profiles',
    ),
});
/** See {@link migLayoutSchema}. @public */
export type GpuLayout = z.infer<typeof migLayoutSchema>;

/** What a host says is on one GPU now. @public */
export const existingSchema = z.strictObject({
  gpu: z
    .number()
    .int()
    .min(0)
    .max(MAX_GPUS - 1),
  instances: z
    .array(
      z.strictObject({
        profile: profileSchema,
        start: z.number().int().min(0).max(63),
      }),
    )
    .max(16),
  observedAt: z.iso.datetime({ offset: true }),
});
/** See {@link existingSchema}. @public */
export type ExistingGpu = z.infer<typeof existingSchema>;

const known = z.boolean().nullable();

/** What is known of the machine; null and absent are unknown. @public */
export const hostFactsSchema = z.strictObject({
  iommu: known.optional(),
  sriov: known.optional(),
  /** Virtual functions that the device offers. */
  vfs: z.number().int().min(0).max(1_000).nullable().optional(),
  /** In a guest: whether it got a whole GPU. */
  wholeGpu: known.optional(),
  gpus: z.number().int().min(0).max(MAX_GPUS).nullable().optional(),
  uuids: z.array(textUpTo(60)).max(MAX_GPUS).optional(),
  /** Memory of one GPU, MiB. */
  framebufferMiB: z.number().int().min(1).max(10_000_000).optional(),
  jetson: z.boolean().optional(),
});
/** See {@link hostFactsSchema}. @public */
export type HostFacts = z.infer<typeof hostFactsSchema>;

const fqdnSchema = textUpTo(253)
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i,
    'must be a full host name of two labels or more',
  )
  .refine(
    name => !/^[\d.]+$/.test(name) && !/^localhost(\.|$)/i.test(name),
    'must be a name of its own: no address, no localhost',
  );

const versionOrOff = z.union([z.literal('off'), textUpTo(40).min(1)]);

const hexOf = (length: number) =>
  textUpTo(length).regex(
    new RegExp(`^[0-9a-f]{${length}}$`, 'i'),
    `must be ${length} hexadecimal digits`,
  );

/**
 * What a GPU host shall be: who it is, what is in it, how its GPUs are shared.
 * @public
 */
export const gpuHostSpecSchema = z.strictObject({
  fqdn: fqdnSchema,
  address: textUpTo(253).min(1).optional(),
  sshUser: nameSchema(32).optional(),
  sshPort: z.number().int().min(1).max(65_535).optional(),
  sshKeyRef: secretRefSchema.optional(),
  owner: writtenRefSchema('group').optional(),
  site: lineSchema(120).optional(),
  purpose: lineSchema(500).optional(),
  kind: z.enum(['hardened', 'production', 'ephemeral', 'dev']).optional(),
  os: z
    .strictObject({ family: nameSchema(40), version: textUpTo(20).min(1) })
    .optional(),
  arch: textUpTo(20).min(1),
  environment: z.enum(ENVIRONMENTS),
  mode: z.enum(['server', 'desktop', 'hybrid']).optional(),
  gpuGroups: z
    .array(gpuGroupSchema)
    .min(1)
    .max(MAX_GPUS)
    .refine(
      groups => groups.reduce((sum, each) => sum + each.count, 0) <= MAX_GPUS,
      `must be at most ${MAX_GPUS} GPUs together`,
    ),
  migLayouts: z
    .array(migLayoutSchema)
    .max(2 * MAX_GPUS)
    .optional(),
  existing: z.array(existingSchema).max(MAX_GPUS).optional(),
  facts: hostFactsSchema.optional(),
  software: z
    .strictObject({
      driverBranch: textUpTo(20).min(1).optional(),
      cuda: versionOrOff.optional(),
      rocm: versionOrOff.optional(),
      oneapi: versionOrOff.optional(),
      levelZero: versionOrOff.optional(),
      runtime: z.enum(['podman', 'docker', 'k8s', 'lxc']).optional(),
      rdma: z.boolean().optional(),
      egpu: z.enum(['thunderbolt', 'oculink']).optional(),
    })
    .optional(),
  supplyChain: z
    .strictObject({
      verify: z.boolean().optional(),
      sources: z
        .array(
          z.strictObject({
            name: nameSchema(63),
            keySha256: hexOf(64),
            fingerprint: hexOf(40),
          }),
        )
        .max(32)
        .optional(),
      cosign: z.boolean().optional(),
      sbom: z.boolean().optional(),
    })
    .optional(),
  hardening: z
    .strictObject({
      frameworks: z.array(z.enum(['cis-l1', 'cis-l2', 'stig', 'nist'])).max(4),
      failSecure: z.boolean().optional(),
      firewall: z.boolean().optional(),
    })
    .optional(),
  recovery: z
    .strictObject({
      tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      retentionDays: count(3_650).optional(),
    })
    .optional(),
  change: z
    .strictObject({
      justification: lineSchema(500),
      ring: nameSchema(40).optional(),
    })
    .optional(),
  allowExperimental: z.boolean().optional(),
});
/** See {@link gpuHostSpecSchema}. @public */
export type GpuHostSpec = z.infer<typeof gpuHostSpecSchema>;
