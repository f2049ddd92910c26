import { leastCpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import { MIG_BOARDS } from './mig';
import {
  BINDINGS,
  ENVIRONMENTS,
  gpuHostSpecSchema,
  SHARING_METHODS,
  VENDORS,
  type GpuGroup,
  type GpuHostSpec,
} from './spec';
import { validateGpuHost } from './validate';
import { gpuWords } from './words';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');

/** Parameters that every method is content with. */
const CONTENT = {
  replicas: 4,
  clients: 4,
  vfCount: 2,
  vgpu: { type: 'H100-20C', count: 2, licenceServer: 'licence.acme.test:443' },
};
const MODELS = { nvidia: 'H100 80GB', amd: 'MI300X', intel: 'Max 1550' };

function aGroup(more: Partial<GpuGroup> = {}): GpuGroup {
  const vendor = more.vendor ?? 'nvidia';
  return {
    vendor,
    model: MODELS[vendor],
    count: 1,
    binding: 'host',
    sharing: 'none',
    ...more,
  };
}

function aHost(
  group: Partial<GpuGroup>,
  more: Partial<GpuHostSpec> = {},
): GpuHostSpec {
  return {
    fqdn: 'gpu-1.acme.test',
    arch: 'x86_64',
    environment: 'bare_metal',
    gpuGroups: [aGroup(group)],
    ...more,
  };
}

const codes = (spec: GpuHostSpec) =>
  validateGpuHost(spec, NOW).findings.map(({ code }) => code);
const firstError = (spec: GpuHostSpec) =>
  validateGpuHost(spec, NOW).findings.find(
    ({ severity }) => severity === 'error',
  )?.code;

/** As people read it: method, vendors, then host / vfio by environment. */
const TABLE = `
none          | nvidia amd intel | ok ok   | ok ok | ok X | ok X
mig           | nvidia           | ok B    | ok B  | ok X | E E
vgpu          | nvidia           | E E     | ok B  | ok X | E E
time-slicing  | nvidia           | warn B  | warn B | warn X | warn X
mps           | nvidia           | ok B    | ok B  | ok X | warn X
sriov         | nvidia amd intel | ok B    | ok B  | E E  | E E
level-zero    | intel            | warn B  | warn B | warn X | warn X
oneapi        | intel            | warn B  | warn B | warn X | warn X
amd-partition | amd              | ok B    | ok B  | E E  | E E
passthrough   | nvidia amd intel | B warn  | B ok  | ok X | E E
`;
const MEANS: Record<string, string | undefined> = {
  E: 'SHARING_ENVIRONMENT',
  B: 'BINDING_CONFLICT',
  X: 'BINDING_ENVIRONMENT',
  V: 'SHARING_VENDOR',
};
/** Facts that answer every question. */
const FACTS = {
  iommu: true,
  sriov: true,
  vfs: 8,
  wholeGpu: true,
  framebufferMiB: 81_920,
};

const cells = TABLE.trim()
  .split('\n')
  .flatMap(line => {
    const [method, vendors, ...rest] = line.split('|').map(text => text.trim());
    return VENDORS.flatMap(vendor =>
      ENVIRONMENTS.flatMap((environment, i) =>
        BINDINGS.map((binding, k) => ({
          method: method as (typeof SHARING_METHODS)[number],
          vendor,
          environment,
          binding,
          cell: vendors.split(' ').includes(vendor)
            ? rest[i].split(' ')[k]
            : 'V',
        })),
      ),
    );
  });

describe('which sharing works where', () => {
  it.each(cells)(
    '$method of $vendor in $environment, bound to $binding: $cell',
    ({ method, vendor, environment, binding, cell }) => {
      const spec = aHost(
        {
          vendor,
          binding,
          sharing: method,
          ...CONTENT,
          ...(method === 'amd-partition' && vendor === 'amd'
            ? { partitions: [{ gpu: 0, compute: 'SPX', memory: 'NPS1' }] }
            : {}),
        },
        {
          environment,
          facts: FACTS,
          ...(method === 'mig' && vendor === 'nvidia'
            ? { migLayouts: [{ gpu: 0, layout: { '3g.40gb': 2 } }] }
            : {}),
        },
      );
      expect(firstError(spec)).toBe(MEANS[cell]);
      const { ok, findings } = validateGpuHost(spec, NOW);
      expect(ok).toBe(['ok', 'warn'].includes(cell));
      const warned = findings.some(({ severity }) => severity === 'warning');
      expect(warned || cell !== 'warn').toBe(true);
      const cautions = findings.filter(({ code }) =>
        ['NO_MEMORY_ISOLATION', 'SET_BY_HOST', 'NO_GUEST'].includes(code),
      );
      expect(cell === 'ok' ? cautions : []).toEqual([]);
    },
  );

  it.each([
    ['nvidia', 'x86_64', undefined],
    ['amd', 'amd64', undefined],
    ['intel', 'x86_64', undefined],
    ['nvidia', 'arm64', undefined],
    ['amd', 'aarch64', 'EXPERIMENTAL_FLAG_REQUIRED'],
    ['intel', 'aarch64', 'ARCH_UNSUPPORTED'],
    ['nvidia', 'riscv64', 'ARCH_UNSUPPORTED'],
    ['amd', 'riscv64', 'EXPERIMENTAL_FLAG_REQUIRED'],
    ['intel', 'riscv64', 'ARCH_UNSUPPORTED'],
    ['nvidia', 'sparc', 'ARCH_UNSUPPORTED'],
    ['nvidia', 'constructor', 'ARCH_UNSUPPORTED'],
  ] as const)('%s on %s: %s', (vendor, arch, code) => {
    expect(firstError(aHost({ vendor }, { arch }))).toBe(code);
  });

  it.each([
    ['amd', 'aarch64'],
    ['amd', 'riscv64'],
  ] as const)('%s on %s, where it may be tried', (vendor, arch) => {
    const allowed = aHost({ vendor }, { arch, allowExperimental: true });
    expect(codes(allowed)).toEqual(['EXPERIMENTAL']);
    expect(validateGpuHost(allowed, NOW).ok).toBe(true);
  });
});

describe('auto', () => {
  const resolved = (spec: GpuHostSpec) =>
    validateGpuHost(spec, NOW).findings.find(
      ({ code }) => code === 'AUTO_RESOLVED',
    )?.params.method;
  const layouts = [{ gpu: 'all' as const, layout: { '1g.10gb': 2 } }];

  it('cuts where somebody said how, and invents nothing', () => {
    const auto = { sharing: 'auto' as const, count: 2 };
    expect(resolved(aHost(auto))).toBe('none');
    const cut = aHost(auto, { migLayouts: layouts });
    expect(resolved(cut)).toBe('mig');
    expect(validateGpuHost(cut, NOW).placements).toEqual([
      [
        { profile: '1g.10gb', start: 0, size: 1 },
        { profile: '1g.10gb', start: 1, size: 1 },
      ],
      [
        { profile: '1g.10gb', start: 0, size: 1 },
        { profile: '1g.10gb', start: 1, size: 1 },
      ],
    ]);
    const unknown = { ...auto, model: 'RTX 4090' };
    expect(resolved(aHost(unknown, { migLayouts: layouts }))).toBe('none');
    expect(resolved(aHost({ sharing: 'auto', vendor: 'amd' }))).toBe('none');
  });

  it.each([
    ['virtual_host', 'sriov'],
    ['virtual_guest', 'passthrough'],
    ['container', undefined],
  ] as const)('is in %s: %s', (environment, method) => {
    const spec = aHost({ sharing: 'auto' }, { environment });
    expect(resolved(spec)).toBe(method);
    expect(firstError(spec) === 'AUTO_UNDEFINED').toBe(!method);
  });
});

describe('methods together', () => {
  const two = (
    one: GpuGroup['sharing'],
    other: GpuGroup['sharing'],
  ): GpuHostSpec => ({
    ...aHost({}, { migLayouts: [{ gpu: 'all', layout: { '7g.80gb': 1 } }] }),
    gpuGroups: [
      aGroup({ ...CONTENT, sharing: one }),
      aGroup({ ...CONTENT, sharing: other }),
    ],
  });

  it.each(
    SHARING_METHODS.flatMap(one =>
      SHARING_METHODS.filter(other => other !== one).map(
        other => [one, other] as const,
      ),
    ),
  )('%s with %s on one GPU', (one, other) => {
    const allowed = ['mig time-slicing', 'mig vgpu'].includes(
      [one, other].sort().join(' '),
    );
    const spec = aHost({ ...CONTENT, sharing: [one, other] });
    expect(codes(spec).includes('SHARING_CONFLICT')).toBe(!allowed);
  });

  it('keep MPS away from MIG and time-slicing on the whole host', () => {
    expect(codes(two('mps', 'mig'))).toContain('SHARING_CONFLICT');
    expect(codes(two('time-slicing', 'mps'))).toContain('SHARING_CONFLICT');
    expect(codes(two('mps', ['mig', 'time-slicing']))).toContain(
      'SHARING_CONFLICT',
    );
    expect(codes(two('mps', 'none'))).not.toContain('SHARING_CONFLICT');
    expect(codes(two('mig', 'time-slicing'))).not.toContain('SHARING_CONFLICT');
  });
});

describe('what a method needs', () => {
  const ofGpu = (group: Partial<GpuGroup>, more: Partial<GpuHostSpec> = {}) =>
    codes(aHost(group, more));

  it.each([
    [0, 'TIME_SLICING_REPLICAS'],
    [1, 'TIME_SLICING_REPLICAS'],
    [2, undefined],
    [10, undefined],
    [11, 'TIME_SLICING_MANY'],
    [48, 'TIME_SLICING_MANY'],
    [49, 'TIME_SLICING_REPLICAS'],
  ])('time-slicing among %d: %s', (replicas, code) => {
    const found = ofGpu({ sharing: 'time-slicing', replicas });
    expect(found.filter(one => one !== 'NO_MEMORY_ISOLATION')).toEqual(
      code ? [code] : [],
    );
  });

  it.each([
    ['H100 80GB', 48, undefined],
    ['H100 80GB', 49, 'MPS_CLIENTS'],
    ['P100', 16, undefined],
    ['P100', 17, 'MPS_CLIENTS'],
    ['H100 80GB', 0, 'MPS_CLIENTS'],
    ['H100 80GB', 1, 'MPS_ONE_CLIENT'],
  ])('MPS on %s for %d: %s', (model, clients, code) => {
    expect(ofGpu({ sharing: 'mps', model, clients })).toEqual(
      code ? [code] : [],
    );
  });

  it('says what nobody knows yet, and refuses what is known to be missing', () => {
    const sriov = { sharing: 'sriov' as const, vendor: 'intel' as const };
    expect(ofGpu({ ...sriov, vfCount: 2 })).toEqual([
      'FACT_UNKNOWN.iommu',
      'FACT_UNKNOWN.sriov',
      'FACT_UNKNOWN.vfs',
    ]);
    expect(
      ofGpu(
        { ...sriov, vfCount: 9 },
        { facts: { iommu: false, sriov: false, vfs: 8 } },
      ),
    ).toEqual(['IOMMU', 'SRIOV_UNSUPPORTED', 'VF_COUNT']);
    const guest = {
      environment: 'virtual_guest' as const,
      migLayouts: [{ gpu: 0, layout: { '7g.80gb': 1 } }],
    };
    expect(ofGpu({ sharing: 'mig' }, guest)).toEqual([
      'FACT_UNKNOWN.whole_gpu',
    ]);
    expect(
      ofGpu({ sharing: 'mig' }, { ...guest, facts: { wholeGpu: false } }),
    ).toEqual(['GUEST_DEVICE']);
  });

  it('wants a licence server for vGPU, and room for all of them', () => {
    const there = {
      environment: 'virtual_host' as const,
      facts: { framebufferMiB: 81_920 },
    };
    const vgpu = (type: string, count: number, licenceServer?: string) =>
      ofGpu({ sharing: 'vgpu', vgpu: { type, count, licenceServer } }, there);
    expect(vgpu('H100-20C', 4, 'l.acme.test:443')).toEqual([]);
    expect(vgpu('H100-20C', 5, 'l.acme.test:443')).toEqual([
      'VGPU_FRAMEBUFFER',
    ]);
    expect(vgpu('something', 5)).toEqual(['LICENCE_SERVER', 'VGPU_UNKNOWN']);
    expect(ofGpu({ sharing: 'vgpu' }, there)).toEqual(['VGPU_SPEC']);
  });

  it('partitions the MI300X, all of it', () => {
    const parts = (
      told: Array<[number, 'SPX' | 'DPX' | 'CPX', 'NPS1' | 'NPS4']>,
      more: Partial<GpuGroup> = {},
    ) =>
      ofGpu({
        vendor: 'amd',
        sharing: 'amd-partition',
        count: 2,
        partitions: told.map(([gpu, compute, memory]) => ({
          gpu,
          compute,
          memory,
        })),
        ...more,
      });
    expect(
      parts([
        [0, 'CPX', 'NPS4'],
        [1, 'CPX', 'NPS4'],
      ]),
    ).toEqual([]);
    expect(parts([[0, 'CPX', 'NPS4']])).toEqual(['AMD_SUM']);
    expect(parts([[0, 'CPX', 'NPS4']], { skipped: [1, 1] })).toEqual([]);
    expect(parts([[0, 'CPX', 'NPS4']], { skipped: [2] })).toEqual(['AMD_SUM']);
    expect(
      parts([
        [0, 'SPX', 'NPS4'],
        [1, 'CPX', 'NPS1'],
      ]),
    ).toEqual(['AMD_NPS4_NEEDS_CPX', 'AMD_NPS_MIX', 'AMD_COMPUTE_MIXED']);
    expect(parts([[0, 'DPX', 'NPS1']], { skipped: [1] })).toEqual(['AMD_MODE']);
    expect(
      parts([
        [0, 'SPX', 'NPS1'],
        [0, 'SPX', 'NPS1'],
      ]),
    ).toEqual(['GPU_TWICE', 'AMD_SUM']);
    expect(parts([[0, 'SPX', 'NPS1']], { model: 'MI250' })).toEqual([
      'UNKNOWN_BOARD',
    ]);
    expect(parts([])).toEqual(['AMD_PARTITIONS']);
  });

  it('leaves a Jetson as it is but for turns', () => {
    const jetson = { facts: { jetson: true }, arch: 'aarch64' };
    expect(ofGpu({ sharing: 'time-slicing', replicas: 2 }, jetson)).toEqual([
      'NO_MEMORY_ISOLATION',
    ]);
    expect(ofGpu({ sharing: 'mps', clients: 2 }, jetson)).toEqual([
      'BOARD_SHARING',
    ]);
    expect(ofGpu({ sharing: 'mig' }, jetson)).toContain('MIG_BOARD');
    expect(ofGpu({}, { ...jetson, software: { driverBranch: '580' } })).toEqual(
      ['ARCH_TOOLKIT'],
    );
  });
});

describe('layouts', () => {
  const mig = (
    migLayouts: GpuHostSpec['migLayouts'],
    more: Partial<GpuHostSpec> = {},
    group: Partial<GpuGroup> = {},
  ) => aHost({ sharing: 'mig', count: 2, ...group }, { migLayouts, ...more });

  it('are for each GPU once, by index, by UUID, or for all', () => {
    const uuid = 'GPU-12345678-1234-1234-1234-123456789abc';
    const facts = { uuids: ['GPU-00000000-0000-0000-0000-000000000000', uuid] };
    const one = { '7g.80gb': 1 };
    expect(codes(mig([{ gpu: 'all', layout: one }]))).toEqual([]);
    expect(
      codes(
        mig(
          [
            { gpu: 0, layout: one },
            { gpu: uuid, layout: one },
          ],
          { facts },
        ),
      ),
    ).toEqual([]);
    expect(codes(mig([{ gpu: 0, layout: one }]))).toEqual(['MIG_LAYOUT']);
    expect(
      codes(
        mig([
          { gpu: 'all', layout: one },
          { gpu: 1, layout: one },
        ]),
      ),
    ).toEqual(['GPU_TWICE']);
    expect(
      codes(
        mig([
          { gpu: 'all', layout: one },
          { gpu: 2, layout: one },
        ]),
      ),
    ).toEqual(['GPU_UNKNOWN']);
    expect(codes(mig([{ gpu: 'all', layout: {} }]))).toEqual([
      'MIG_EMPTY',
      'MIG_EMPTY',
    ]);
  });

  it('count GPUs over the groups as sent', () => {
    const spec = mig([{ gpu: 2, layout: { '7g.80gb': 1 } }]);
    const { placements, ok } = validateGpuHost(
      {
        ...spec,
        gpuGroups: [aGroup({ count: 2 }), aGroup({ sharing: 'mig' })],
      },
      NOW,
    );
    expect(ok).toBe(true);
    expect(placements).toEqual([
      [],
      [],
      [{ profile: '7g.80gb', start: 0, size: 8 }],
    ]);
  });

  it('are one profile everywhere where the strategy is single', () => {
    const single = { migStrategy: 'single' as const };
    expect(
      codes(mig([{ gpu: 'all', layout: { '1g.10gb': 3 } }], {}, single)),
    ).toEqual([]);
    for (const migLayouts of [
      [{ gpu: 'all' as const, layout: { '1g.10gb': 3, '2g.20gb': 1 } }],
      [
        { gpu: 0, layout: { '1g.10gb': 3 } },
        { gpu: 1, layout: { '1g.10gb': 2 } },
      ],
    ])
      expect(codes(mig(migLayouts, {}, single))).toEqual([
        'MIG_SINGLE_UNEQUAL',
      ]);
  });

  it('that do not fit come with what would', () => {
    const verdict = validateGpuHost(
      mig(
        [{ gpu: 'all', layout: { '3g.40gb': 2, '1g.10gb': 1 } }],
        {},
        {
          count: 1,
        },
      ),
      NOW,
    );
    expect(verdict).toMatchObject({
      ok: false,
      findings: [{ code: 'MIG_DOES_NOT_FIT', path: 'migLayouts[0].layout' }],
      placements: [[]],
    });
    expect(verdict.alternatives[0].layouts[0]).toEqual({ '3g.40gb': 2 });
  });

  it('go beside what is there, and say when that is old', () => {
    const existing = [
      {
        gpu: 0,
        instances: [{ profile: '3g.40gb', start: 0 }],
        observedAt: '2026-11-30T11:40:00.000Z',
      },
    ];
    const verdict = validateGpuHost(
      mig([{ gpu: 0, layout: { '3g.40gb': 1 } }], { existing }, { count: 1 }),
      NOW,
    );
    expect(verdict.placements).toEqual([
      [{ profile: '3g.40gb', start: 4, size: 4 }],
    ]);
    expect(verdict.findings).toMatchObject([
      { code: 'STALE_FACTS', path: 'existing[0].observedAt' },
    ]);
  });

  it('need a board that is known, and one only', () => {
    const all = [{ gpu: 'all' as const, layout: { '1g.10gb': 1 } }];
    expect(codes(mig(all, {}, { model: 'RTX 4090' }))).toEqual(['MIG_BOARD']);
    expect(codes(mig(all, {}, { model: 'H100' }))).toEqual(['BOARD_AMBIGUOUS']);
    expect(
      codes(mig(all, {}, { model: 'H100', pciDeviceId: '10de:2330' })),
    ).toEqual([]);
    expect(
      codes(
        mig([{ gpu: 'all', layout: { '1g.18gb': 1 } }], {}, { model: 'H200' }),
      ),
    ).toEqual(['UNPROVEN_PLACEMENT']);
  });
});

describe('whatever is asked', () => {
  const group = fc.record(
    {
      vendor: fc.constantFrom(...VENDORS),
      model: fc.constantFrom('H100 80GB', 'H200', 'MI300X', 'P100', 'x'),
      count: fc.integer({ min: 1, max: 4 }),
      binding: fc.constantFrom(...BINDINGS),
      sharing: fc.oneof(
        fc.constantFrom(...SHARING_METHODS),
        fc.array(fc.constantFrom(...SHARING_METHODS), {
          minLength: 1,
          maxLength: 2,
        }),
      ),
      replicas: fc.nat(60),
      clients: fc.nat(60),
      vfCount: fc.nat(60),
      migStrategy: fc.constantFrom('none', 'single', 'mixed'),
      partitions: fc.array(
        fc.record({
          gpu: fc.nat(5),
          compute: fc.constantFrom('SPX', 'DPX', 'QPX', 'CPX'),
          memory: fc.constantFrom('NPS1', 'NPS2', 'NPS4'),
        }),
        { maxLength: 4 },
      ),
    },
    { requiredKeys: ['vendor', 'model', 'count', 'binding', 'sharing'] },
  );
  const host = fc.record({
    fqdn: fc.constant('gpu-1.acme.test'),
    arch: fc.constantFrom('x86_64', 'arm64', 'riscv64', 'sparc'),
    environment: fc.constantFrom(...ENVIRONMENTS),
    gpuGroups: fc.array(group, { minLength: 1, maxLength: 3 }),
    migLayouts: fc.array(
      fc.record({
        gpu: fc.oneof(fc.nat(6), fc.constant('all')),
        layout: fc.dictionary(
          fc.constantFrom('1g.10gb', '3g.40gb', '1g.18gb', '1c.3g.40gb'),
          fc.nat(9),
        ),
      }),
      { maxLength: 3 },
    ),
    allowExperimental: fc.boolean(),
  });

  it('there is an answer, in words, and ok is that nothing refuses', () => {
    fc.assert(
      fc.property(host, told => {
        const spec = gpuHostSpecSchema.parse(told);
        const verdict = validateGpuHost(spec, NOW);
        expect(verdict.ok).toBe(
          verdict.findings.every(({ severity }) => severity !== 'error'),
        );
        for (const finding of verdict.findings) {
          expect(gpuWords.knows(finding)).toBe(true);
          expect(finding.text).not.toMatch(/\{\{|undefined/);
        }
        expect(verdict.placements).toHaveLength(
          spec.gpuGroups.reduce((sum, { count }) => sum + count, 0),
        );
        expect(validateGpuHost(spec, NOW)).toEqual(verdict);
      }),
    );
  });
});

describe('the body', () => {
  const parse = (more: object) =>
    gpuHostSpecSchema.safeParse({ ...aHost({}), ...more });

  it.each([
    ['an address for a name', { fqdn: '10.0.0.1' }],
    ['localhost', { fqdn: 'localhost.localdomain' }],
    ['one label', { fqdn: 'gpu-1' }],
    ['an unknown field', { colour: 'red' }],
    ['no group', { gpuGroups: [] }],
    [
      'more GPUs than a host has',
      { gpuGroups: [aGroup({ count: 32 }), aGroup()] },
    ],
    [
      'neither model nor id',
      { gpuGroups: [{ ...aGroup(), model: undefined }] },
    ],
    [
      'half a fingerprint',
      {
        supplyChain: {
          sources: [{ name: 'x', keySha256: 'a'.repeat(64), fingerprint: 'a' }],
        },
      },
    ],
  ])('is refused with %s', (_, more) => {
    expect(parse(more).success).toBe(false);
  });

  it('costs little at its bounds: every GPU with all that a board can be', () => {
    const names = MIG_BOARDS.find(({ board }) => /^RTX PRO 6000/.test(board))!;
    const layout = Object.fromEntries(
      names.profiles.map(({ name }) => [name, 64]),
    );
    const spec = gpuHostSpecSchema.parse({
      ...aHost({ sharing: 'mig', count: 32, pciDeviceId: '0x2BB510DE' }),
      migLayouts: [{ gpu: 'all', layout }],
    });
    const look = () =>
      expect(validateGpuHost(spec, NOW).alternatives).toHaveLength(32);
    expect(leastCpuTimeOf(look, 5_000)).toBeLessThan(5_000);
  });

  it('is taken as the example is', () => {
    expect(parse({})).toMatchObject({ success: true });
  });
});
