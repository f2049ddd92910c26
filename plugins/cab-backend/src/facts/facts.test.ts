import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import { readCabConfig } from '../config';
import { catalogFactsOf } from './catalogFacts';
import { involvedIn, readFacts, readPlace, type FactsDeps } from './readFacts';

type Relations = Record<string, string[]>;

function entity(
  ref: string,
  relations: Relations = {},
  more: { annotations?: Record<string, string>; lifecycle?: string } = {},
): [string, Entity] {
  const [kind, name] = ref.split(':');
  const full = {
    component: 'Component',
    system: 'System',
    api: 'API',
    resource: 'Resource',
  }[kind]!;
  return [
    `${kind}:default/${name}`,
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: full,
      metadata: { name, annotations: more.annotations },
      spec: { lifecycle: more.lifecycle },
      relations: Object.entries(relations).flatMap(([type, targets]) =>
        targets.map(target => ({
          type,
          targetRef: target.includes('/')
            ? target
            : target.replace(':', ':default/'),
        })),
      ),
    },
  ];
}

const tier = (value: string) => ({
  annotations: { 'fawkes.dev/cab-tier': value },
});
const ask = (
  ref: string,
  entities: Array<[string, Entity]>,
  defaults = { tier: 3, privileged: false } as {
    tier?: number;
    privileged?: boolean;
  },
) => {
  const known = new Map(entities);
  return catalogFactsOf(
    ref.replace(':', ':default/'),
    async refs => refs.map(each => known.get(each)),
    defaults,
  );
};

describe('what the catalog knows', () => {
  it.each<[string, Array<[string, Entity]>, string, object]>([
    [
      'nobody depends on it',
      [entity('component:a')],
      'component:a',
      { dependents: 0, tier1Dependents: 0, truncated: false },
    ],
    [
      'some do, through others and in a circle, each once',
      [
        entity('component:a', {
          dependencyOf: ['component:b', 'component:c', 'resource:r'],
        }),
        entity('component:b', { dependencyOf: ['component:c', 'component:a'] }),
        entity('component:c', { dependencyOf: ['component:b'] }),
        entity('resource:r'),
      ],
      'component:a',
      { dependents: 3 },
    ],
    [
      'by an API it provides, which is none itself',
      [
        entity('component:a', { providesApi: ['api:x'] }),
        entity('api:x', {
          apiConsumedBy: ['component:b'],
          apiProvidedBy: ['component:a'],
        }),
        entity('component:b', {}, tier('critical')),
      ],
      'component:a',
      { dependents: 1, tier1Dependents: 1 },
    ],
    [
      'of all a System consists of, without the System’s own parts',
      [
        entity('system:s', { hasPart: ['component:a', 'component:b'] }),
        entity('component:a', { dependencyOf: ['component:b', 'component:c'] }),
        entity('component:b', { dependencyOf: ['component:d'] }),
        entity('component:c'),
        entity('component:d'),
      ],
      'system:s',
      { dependents: 2 },
    ],
    [
      'what dangles counts',
      [entity('component:a', { dependencyOf: ['component:gone'] })],
      'component:a',
      { dependents: 1, tier1Dependents: 0 },
    ],
    [
      'partOf is not followed',
      [entity('component:a', { partOf: ['system:s'] }), entity('system:s')],
      'component:a',
      { dependents: 0 },
    ],
    [
      'five hops and no more',
      [...'abcdefg'].map((name, index) =>
        entity(`component:${name}`, {
          dependencyOf: index < 6 ? [`component:${'abcdefg'[index + 1]}`] : [],
        }),
      ),
      'component:a',
      { dependents: 5, truncated: true },
    ],
  ])('%s', async (_what, entities, ref, found) => {
    expect(await ask(ref, entities)).toMatchObject(found);
  });

  it.each<
    [string, object, { tier?: number; privileged?: boolean }, boolean | null]
  >([
    ['tier 1', tier('1'), {}, true],
    ['tier-1, in capitals', tier(' Tier-1 '), {}, true],
    ['critical', tier('critical'), {}, true],
    ['tier 2', tier('2'), {}, false],
    ['a word nobody knows', tier('gold'), { tier: 3 }, null],
    ['nothing', {}, {}, null],
    ['nothing, and a default', {}, { tier: 3 }, false],
    ['nothing, and a default of 1', {}, { tier: 1 }, true],
  ])('%s: what tier it is', async (_what, more, defaults, found) => {
    expect(
      await ask('component:a', [entity('component:a', {}, more)], defaults),
    ).toMatchObject({ tier1Target: found });
    // Of one of unknown tier among those that depend on it nobody knows the number.
    const above = await ask(
      'component:z',
      [
        entity('component:z', { dependencyOf: ['component:a'] }),
        entity('component:a', {}, more),
      ],
      defaults,
    );
    expect(above?.tier1Dependents).toBe(found === null ? null : Number(found));
  });

  it.each<[string | undefined, boolean | undefined, boolean | null]>([
    ['true', undefined, true],
    ['false', true, false],
    ['maybe', true, null],
    [undefined, undefined, null],
    [undefined, false, false],
  ])('privileged %s, by default %s', async (value, privileged, found) => {
    const annotations =
      value === undefined ? undefined : { 'fawkes.dev/cab-privileged': value };
    expect(
      await ask('component:a', [entity('component:a', {}, { annotations })], {
        tier: 3,
        privileged,
      }),
    ).toMatchObject({ privileged: found });
  });

  it.each<[string, Relations, Array<[string, Entity]>, string | null]>([
    ['nothing', {}, [], 'none'],
    [
      'what is well',
      { dependsOn: ['component:b'] },
      [entity('component:b', {}, { lifecycle: 'production' })],
      'none',
    ],
    [
      'what is deprecated',
      { dependsOn: ['component:b'] },
      [entity('component:b', {}, { lifecycle: 'Deprecated' })],
      'deprecated',
    ],
    [
      'an API that has ended',
      { consumesApi: ['api:x'], dependsOn: ['component:b'] },
      [
        entity('api:x', {}, { lifecycle: 'eol' }),
        entity('component:b', {}, { lifecycle: 'deprecated' }),
      ],
      'end-of-life',
    ],
    [
      'a Resource, whatever it is',
      { dependsOn: ['resource:r'] },
      [entity('resource:r', {}, { lifecycle: 'retired' })],
      'none',
    ],
    ['what is not there', { dependsOn: ['component:gone'] }, [], null],
  ])('builds on %s', async (_what, relations, others, found) => {
    expect(
      await ask('component:a', [
        entity('component:a', relations, { lifecycle: 'deprecated' }),
        ...others,
      ]),
    ).toMatchObject({ deprecated: found });
  });

  it('says who owns it, and of a person’s the group of its System', async () => {
    const own = { ownedBy: ['user:default/sam'], partOf: ['system:s'] };
    expect(
      await ask('component:a', [
        entity('component:a', { ownedBy: ['group:default/Team'] }),
      ]),
    ).toMatchObject({
      owner: 'group:default/team',
      ownerGroup: 'group:default/team',
    });
    expect(
      await ask('component:a', [
        entity('component:a', own),
        entity('system:s', { ownedBy: ['group:default/team'] }),
      ]),
    ).toMatchObject({
      owner: 'user:default/sam',
      ownerGroup: 'group:default/team',
    });
    expect(
      await ask('component:a', [entity('component:a', own)]),
    ).toMatchObject({ ownerGroup: undefined });
    expect(await ask('component:gone', [])).toBeUndefined();
  });
});

describe('what is read', () => {
  const now = Date.parse('2026-06-15T08:00:00Z');
  const question = {
    entityRef: 'component:default/a',
    environment: 'prod',
    headSha: 'a'.repeat(40),
    window: null,
  };
  const [, a] = entity('component:a', { ownedBy: ['group:default/team'] });
  const depsOf = (
    delivery: Partial<DeliveryService>,
    more: Partial<FactsDeps> = {},
  ): FactsDeps => ({
    auth: mockServices.auth(),
    catalog: {
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(ref =>
          ref === question.entityRef ? a : undefined,
        ),
      }),
    },
    config: readCabConfig(
      mockServices.rootConfig({
        data: {
          cab: {
            groups: { board: 'b', security: 's' },
            environments: { prod: 'test', live: 'staging' },
          },
        },
      }),
    ),
    delivery: {
      classOf: async () => undefined,
      metrics: async () => undefined,
      deployments: async () => undefined,
      ...delivery,
    } as DeliveryService,
    logger: mockServices.logger.mock(),
    providers: [],
    conflicts: async () => [],
    ...more,
  });
  const valuesIn = async (deps: FactsDeps, asked: object = {}) => {
    const found = await readFacts(deps, { ...question, ...asked }, now);
    return {
      ...found,
      values: Object.fromEntries(
        Object.entries(found.inputs).map(([name, fact]) => [name, fact!.value]),
      ),
    };
  };
  const away = async () => {
    throw new Error('away');
  };

  it('asks what else is planned for the time, next to it, and not for itself', async () => {
    const conflicts = jest.fn(async () => ['other', 'another']);
    const window = { from: now, to: now + 3_600_000 };
    const { inputs } = await valuesIn(depsOf({}, { conflicts }), {
      window,
      changeId: 'own',
    });
    expect(inputs.window).toMatchObject({
      value: 'conflict',
      source: 'cab',
      reference: ['another', 'other'],
    });
    expect(conflicts).toHaveBeenCalledWith([question.entityRef], window, 'own');
    await valuesIn(depsOf({}, { conflicts }));
    expect(conflicts).toHaveBeenCalledTimes(1);
  });

  it('is production where delivery says so, else what is listed, else unknown', async () => {
    const production = await valuesIn(
      depsOf({ classOf: async () => 'production' }),
    );
    expect(production.environmentClass).toBe('production');
    expect(
      (await valuesIn(depsOf({ classOf: async () => 'other' })))
        .environmentClass,
    ).toBe('test');
    expect(
      (await valuesIn(depsOf({}), { environment: 'nowhere' })).environmentClass,
    ).toBeNull();
    // Not installed is an answer; away is none, and it could have said production.
    expect((await valuesIn(depsOf({}))).environmentClass).toBe('test');
    const silent = await valuesIn(depsOf({ classOf: away }));
    expect(silent).toMatchObject({
      environmentClass: null,
      unreadable: ['delivery'],
    });
    expect(silent.values).not.toHaveProperty('environment');
    expect(
      await readPlace(depsOf({ classOf: async () => 'production' }), question),
    ).toEqual({
      owner: 'group:default/team',
      traits: { type: null, annotation: null, practice: false },
      environmentClass: 'production',
    });
  });

  it('knows no fail rate of what delivery knows nothing of', async () => {
    const metrics = (firstFactAt: string | null) => async () =>
      ({
        scope: { firstFactAt },
        metrics: { changeFailRate: { finished: 0, failed: 0 } },
      } as never);
    expect(
      (await valuesIn(depsOf({ metrics: metrics('2026-01-01T00:00:00.000Z') })))
        .values,
    ).toMatchObject({ deployments90d: 0, failed90d: 0 });
    for (const none of [metrics(null), async () => undefined, away]) {
      expect(
        (await valuesIn(depsOf({ metrics: none }))).values,
      ).not.toHaveProperty('deployments90d');
    }
  });

  it('leaves unknown what the catalog does not say, and names who was silent', async () => {
    const found = await valuesIn(
      depsOf({}, { catalog: { getEntitiesByRefs: away } }),
    );
    expect(found).toMatchObject({
      unreadable: ['catalog'],
      catalog: undefined,
    });
    for (const fact of [
      'dependents',
      'tier1Target',
      'privileged',
      'deprecated',
    ]) {
      expect(found.values).not.toHaveProperty(fact);
    }
    expect(found.values).toMatchObject({
      window: 'off-hours',
      exceptionsUsed: 0,
    });
  });

  it('takes authors and size from the first provider that knows the repository', async () => {
    const facts = {
      commits: [],
      changedLines: 7,
      structural: null,
      reference: 'git',
    };
    const asked: string[] = [];
    const provider = (id: string, answer: typeof facts | undefined) => ({
      id,
      read: async () => {
        asked.push(id);
        return answer;
      },
    });
    const providers = [
      provider('none', undefined),
      provider('git', facts),
      provider('late', facts),
    ];
    const found = await valuesIn(depsOf({}, { providers }));
    expect(found.values).toMatchObject({ changedLines: 7, structural: null });
    expect(asked).toEqual(['none', 'git']);
    expect(
      (await valuesIn(depsOf({}, { providers }), { headSha: undefined }))
        .values,
    ).not.toHaveProperty('changedLines');
    const silent = [{ id: 'git', read: away }];
    await expect(
      readFacts(depsOf({}, { providers: silent }), question, now),
    ).rejects.toThrow('git does not say who wrote aaaaaaaaaaaa');
  });

  it('asks for what came since the last success there, as delivery knows it', async () => {
    const deployments = [
      { status: 'failure', repositories: [{ repository: 'x', sha: 'b' }] },
      {
        status: 'success',
        repositories: [
          { repository: 'x', sha: null },
          { repository: 'y', sha: 'c' },
        ],
      },
      { status: 'success', repositories: [{ repository: 'x', sha: 'd' }] },
    ];
    const bases: Array<string | undefined> = [];
    const providers = [
      {
        id: 'git',
        read: async ({ deployedSha }: { deployedSha: string | undefined }) => {
          bases.push(deployedSha);
          return undefined;
        },
      },
    ];
    for (const items of [deployments, [], undefined]) {
      const delivery = {
        deployments: async () => items && ({ items } as never),
      };
      await readFacts(depsOf(delivery, { providers }), question, now);
    }
    expect(bases).toEqual(['c', undefined, undefined]);
    const silent = await readFacts(
      depsOf({ deployments: away }, { providers }),
      question,
      now,
    );
    expect(silent.unreadable).toEqual(['delivery']);
  });

  it('names everybody a commit names', () => {
    const commit = {
      sha: 'x',
      author: { email: 'a@example.com' },
      committer: { email: 'c@example.com' },
      message: 'Mend\n\nCo-authored-by: B <b@example.com>',
      bot: true,
      botOperator: { email: 'o@example.com' },
    };
    expect(
      involvedIn({
        commits: [commit],
        changedLines: 1,
        structural: false,
        reference: 'x',
      }),
    ).toEqual([
      { duty: 'author', email: 'a@example.com', bot: true },
      { duty: 'committer', email: 'c@example.com' },
      { duty: 'co_author', email: 'b@example.com' },
      { duty: 'bot_operator', email: 'o@example.com' },
    ]);
  });
});
