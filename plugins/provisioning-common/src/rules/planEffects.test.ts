import type { Effect, EffectType, ServiceSpec } from '../contract';
import { plannedEffectSchema } from '../contract';
import { factsOf, normalOf, onGithub } from './__testUtils__/made';
import type { ObservedFacts } from './facts';
import { planCreate, planDeploy, planUpdate } from './planEffects';

const planned = (
  spec: Partial<ServiceSpec>,
  facts: Partial<ObservedFacts> = {},
) => planCreate(normalOf(spec), factsOf(facts));

/** `id < what it depends on`, as a reader of a plan sees it. */
const drawn = (effects: Array<Pick<Effect, 'id' | 'dependsOn'>>) =>
  effects.map(({ id, dependsOn }) => [id, ...dependsOn].join(' < '));

const codes = (words: Array<{ code: string }>) => words.map(({ code }) => code);

describe('a create', () => {
  it.each(['api', 'web', 'worker'] as const)(
    'of a local %s leads to a running service',
    type => {
      const { effects, assumptions } = planned({ type });

      expect(drawn(effects)).toEqual([
        'name:reserve',
        'repo:ensure < name:reserve',
        'catalog:entity:ensure < repo:ensure',
        'service:build < repo:ensure',
        'service:deploy < service:build',
        'events:tell < service:deploy < catalog:entity:ensure',
      ]);
      expect(codes(assumptions)).toEqual(['plan.runs_code', 'plan.address']);
    },
  );

  it('of a local library ends with its build', () => {
    const { effects, assumptions } = planned({ type: 'library' });

    expect(drawn(effects).slice(3)).toEqual([
      'service:build < repo:ensure',
      'events:tell < service:build < catalog:entity:ensure',
    ]);
    expect(codes(assumptions)).toEqual(['plan.runs_code', 'plan.library']);
  });

  it('without a deployer builds nothing and says so', () => {
    const { effects, assumptions } = planned({}, { deployer: false });

    expect(drawn(effects)).toEqual([
      'name:reserve',
      'repo:ensure < name:reserve',
      'catalog:entity:ensure < repo:ensure',
    ]);
    expect(codes(assumptions)).toEqual(['plan.no_deployer']);
  });

  it('on GitHub deploys nothing and says who does', () => {
    const { effects, assumptions } = planned(onGithub);

    expect(drawn(effects)).toEqual([
      'name:reserve',
      'repo:ensure < name:reserve',
      'repo:protect < repo:ensure',
      'ci:ensure < repo:ensure',
      'catalog:entity:ensure < repo:ensure',
    ]);
    expect(codes(assumptions)).toEqual(['plan.deployed_elsewhere']);
    expect(assumptions[0].text).toContain('Argo CD or the pipeline');
  });
});

describe('what is said of an effect', () => {
  const repository = (
    spec: Partial<ServiceSpec>,
    facts: Partial<ObservedFacts>,
  ) => planned(spec, facts).effects.find(({ id }) => id === 'repo:ensure')!;

  it.each([
    [
      'absent',
      {},
      'created',
      'effect.repo.ensure',
      'effect.repo.ensure.undo.local',
    ],
    [
      'ours',
      {},
      'created',
      'effect.repo.ensure',
      'effect.repo.ensure.undo.local',
    ],
    [
      'absent',
      onGithub,
      'created',
      'effect.repo.ensure',
      'effect.repo.ensure.undo.github',
    ],
    [
      'same',
      onGithub,
      'adopted',
      'effect.repo.adopt',
      'effect.repo.ensure.undo.adopted',
    ],
    [
      'diverged',
      onGithub,
      'adopted',
      'effect.repo.diverged',
      'effect.repo.ensure.undo.adopted',
    ],
    [
      'unknown',
      onGithub,
      null,
      'effect.repo.ensure',
      'effect.repo.ensure.undo.github',
    ],
    [
      'taken',
      onGithub,
      null,
      'effect.repo.ensure',
      'effect.repo.ensure.undo.github',
    ],
  ] as const)('a repository that is %s', (fact, spec, origin, title, undo) => {
    expect(repository(spec, { repository: fact })).toMatchObject({
      origin,
      title: { code: title },
      undo: { code: undo },
      undoClass: 'compensating',
    });
  });

  it.each([
    ['absent', 'created', 'exact'],
    ['ours', 'created', 'exact'],
    ['other', 'adopted', 'keep'],
    ['unknown', null, 'exact'],
  ] as const)('an entity that is %s', (fact, origin, undoClass) => {
    expect(
      planned({}, { entity: fact }).effects.find(
        ({ id }) => id === 'catalog:entity:ensure',
      ),
    ).toMatchObject({ origin, undoClass });
  });

  it('names what it is about', () => {
    expect(repository({}, {}).title.text).toBe(
      'Make the repository portal.local/default/shop with these files',
    );
    expect(repository(onGithub, {}).title.text).toContain(
      'github.com/acme/shop',
    );
  });

  it('what is not known is assumed aloud', () => {
    expect(
      codes(
        planned(onGithub, { repository: 'unknown', entity: 'unknown' })
          .assumptions,
      ),
    ).toEqual([
      'plan.deployed_elsewhere',
      'plan.repository_unknown',
      'plan.entity_unknown',
    ]);
    expect(
      codes(planned(onGithub, { repository: 'diverged' }).assumptions),
    ).toContain('plan.waits_for_review');
  });

  it('fits the contract', () => {
    for (const spec of [{}, onGithub, { type: 'library' as const }]) {
      for (const effect of planned(spec).effects) {
        expect(plannedEffectSchema.parse(effect)).toEqual(effect);
      }
    }
  });
});

it('an update proposes and changes nothing else', () => {
  const { effects, assumptions } = planUpdate(
    normalOf(),
    factsOf({ mode: 'update' }),
  );

  expect(drawn(effects)).toEqual(['repo:propose']);
  expect(codes(assumptions)).toEqual(['plan.reviewed']);
});

describe('a deploy', () => {
  it.each<['deploy' | 'rollback', ServiceSpec['type'], EffectType[]]>([
    ['deploy', 'api', ['service:build', 'service:deploy', 'events:tell']],
    ['rollback', 'api', ['service:deploy', 'events:tell']],
    ['deploy', 'library', ['service:build', 'events:tell']],
  ])('%s of a %s', (kind, type, types) => {
    expect(
      planDeploy(kind, normalOf({ type }), factsOf()).map(e => e.type),
    ).toEqual(types);
  });

  it('says when it goes back', () => {
    expect(planDeploy('rollback', normalOf(), factsOf())[0].title.text).toBe(
      'Go back to an earlier release of shop',
    );
  });
});
