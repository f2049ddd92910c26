import fc from 'fast-check';
import {
  EFFECT_STATES,
  type EffectState,
  type Origin,
  type ServiceSpec,
} from '../contract';
import { factsOf, normalOf, onGithub } from './__testUtils__/made';
import { mayExist } from './effectStates';
import {
  goesAndStays,
  planDestroy,
  remainingEffects,
  type DestroyOptions,
  type MadeEffect,
} from './planDestroy';
import { planCreate, planDeploy, planUpdate } from './planEffects';

const key = { kind: 'service', namespace: 'default', name: 'shop' } as const;

/** What a create has made, everything done unless said otherwise. */
function madeBy(
  spec: Partial<ServiceSpec>,
  states: Partial<Record<string, EffectState>> = {},
  origins: Partial<Record<string, Origin>> = {},
): MadeEffect[] {
  return planCreate(normalOf(spec), factsOf()).effects.map(effect => ({
    ...effect,
    state: states[effect.id] ?? 'done',
    origin: origins[effect.id] ?? effect.origin,
  }));
}

const drawn = (
  spec: Partial<ServiceSpec>,
  made: MadeEffect[],
  options?: DestroyOptions,
) =>
  planDestroy(key, normalOf(spec), made, options).map(({ id, dependsOn }) =>
    [id, ...dependsOn].join(' < '),
  );

describe('a destroy', () => {
  it('takes a local service down in reverse', () => {
    expect(drawn({}, madeBy({}))).toEqual([
      'events:retire',
      'catalog:entity:remove < events:retire',
      'service:remove < events:retire',
      'local:tidy < service:remove',
      'repo:remove < catalog:entity:remove < local:tidy',
      'name:release < repo:remove',
    ]);
  });

  it('archives on GitHub', () => {
    expect(drawn(onGithub, madeBy(onGithub))).toEqual([
      'repo:unprotect',
      'ci:remove',
      'catalog:entity:remove',
      'repo:archive < repo:unprotect < ci:remove < catalog:entity:remove',
      'name:release < repo:archive',
    ]);
  });

  it('deletes there only where that was asked for', () => {
    expect(drawn(onGithub, madeBy(onGithub), { purge: true })).toContain(
      'name:release < repo:remove',
    );
  });

  it.each([false, true])('lets go what it adopted; purge: %s', purge => {
    const made = madeBy(
      onGithub,
      {},
      { 'repo:ensure': 'adopted', 'catalog:entity:ensure': 'adopted' },
    );

    expect(drawn(onGithub, made, { purge })).toEqual([
      'repo:unprotect',
      'ci:remove',
      'repo:release < repo:unprotect < ci:remove',
      'name:release < repo:release',
    ]);
  });

  it('never takes for its own what it once adopted', () => {
    const adopted = madeBy({}, {}, { 'repo:ensure': 'adopted' });

    expect(drawn({}, [...adopted, ...madeBy({})])).toContain(
      'name:release < repo:release',
    );
  });

  it('looks at what failed or is unknown, and not at what never was', () => {
    expect(
      drawn(
        {},
        madeBy(
          {},
          {
            'repo:ensure': 'unknown',
            'service:build': 'failed',
            'catalog:entity:ensure': 'undone',
            'service:deploy': 'skipped',
            'events:tell': 'planned',
          },
        ),
      ),
    ).toEqual([
      'local:tidy',
      'repo:remove < local:tidy',
      'name:release < repo:remove',
    ]);
  });

  it('of a failed create keeps the name: the request is still there', () => {
    expect(drawn({}, madeBy({}), { keepName: true }).at(-1)).toBe(
      'repo:remove < catalog:entity:remove < local:tidy',
    );
  });

  it('also takes back what later runs made, and says whose undo it is', () => {
    const later = [
      ...planUpdate(normalOf(), factsOf()).effects,
      ...planDeploy('deploy', normalOf(), factsOf()),
    ].map(effect => ({ ...effect, state: 'done' as const }));
    const undone = planDestroy(key, normalOf(), [...madeBy({}), ...later]);

    expect(undone.map(({ id }) => id)).toEqual(
      planDestroy(key, normalOf(), madeBy({})).map(({ id }) => id),
    );
    expect(undone.find(({ id }) => id === 'repo:remove')!.undoes).toEqual([
      'repo:ensure',
      'repo:propose',
    ]);
  });

  it('of nothing is nothing', () => {
    expect(drawn({}, [])).toEqual([]);
  });
});

describe('laws of a destroy, whatever was made', () => {
  const state = fc.constantFrom(...EFFECT_STATES);
  const origin = fc.constantFrom<Origin>('created', 'adopted');
  const anything = fc
    .tuple(
      fc.constantFrom<Partial<ServiceSpec>>({}, onGithub, { type: 'library' }),
      fc.array(fc.tuple(state, origin), { minLength: 6, maxLength: 6 }),
      fc.boolean(),
    )
    .map(([spec, rows, purge]) => ({
      spec,
      purge,
      made: madeBy(spec).map((effect, index) => ({
        ...effect,
        state: rows[index][0],
        origin: rows[index][1],
      })),
    }));

  it('the name is free last of all, and only when all else is done', () => {
    fc.assert(
      fc.property(anything, ({ spec, made, purge }) => {
        const plan = planDestroy(key, normalOf(spec), made, { purge });
        const needed = new Set<string>();
        const collect = (id: string) => {
          needed.add(id);
          plan.find(undo => undo.id === id)!.dependsOn.forEach(collect);
        };
        if (plan.some(({ id }) => id === 'name:release'))
          collect('name:release');
        else plan.forEach(({ id }) => needed.add(id));

        expect(needed.size).toBe(plan.length);
      }),
    );
  });

  it('what is built on something goes before it', () => {
    fc.assert(
      fc.property(anything, ({ spec, made, purge }) => {
        const plan = planDestroy(key, normalOf(spec), made, { purge });
        const place = (type: string) =>
          plan.findIndex(({ undoes }) => (undoes as string[]).includes(type));
        const wrong = planCreate(normalOf(spec), factsOf()).effects.flatMap(
          ({ id, dependsOn }) =>
            dependsOn.filter(
              needed =>
                place(id) >= 0 &&
                place(needed) >= 0 &&
                place(id) > place(needed),
            ),
        );

        expect(wrong).toEqual([]);
      }),
    );
  });

  it('what may exist goes, is let go or stays; nothing else is touched', () => {
    fc.assert(
      fc.property(anything, ({ spec, made }) => {
        const there = made.filter(effect => mayExist(effect.state));
        const { goes, stays } = goesAndStays(made);

        expect(
          [...goes, ...stays.map(({ effect }) => effect)].map(e => e.id).sort(),
        ).toEqual(there.map(({ id }) => id).sort());
        expect(goes.some(effect => effect.origin === 'adopted')).toBe(false);
        // The last that was made goes first: a screen says so.
        const undos = planDestroy(key, normalOf(spec), made);
        const order = goes
          .map(({ type }) => undos.find(({ undoes }) => undoes.includes(type)))
          .reverse();
        order.forEach((undo, at) =>
          undo?.dependsOn.forEach(id => {
            const before = order.findIndex(other => other?.id === id);
            expect(before).toBeLessThan(at);
          }),
        );
        expect(
          planDestroy(key, normalOf(spec), made)
            .flatMap(({ undoes }) => undoes)
            .filter(
              type =>
                type !== 'repo:propose' &&
                !there.some(effect => effect.type === type),
            ),
        ).toEqual([]);
      }),
    );
  });
});

it('says what stays and why', () => {
  const made = madeBy({}, {}, { 'repo:ensure': 'adopted' });

  expect(
    goesAndStays(made).stays.map(({ effect, reason }) => [
      effect.id,
      reason.code,
    ]),
  ).toEqual([
    ['repo:ensure', 'stays.adopted'],
    ['events:tell', 'stays.keep'],
  ]);
});

describe('a run that goes on', () => {
  const planned = planCreate(normalOf(), factsOf()).effects;
  const left = (made: MadeEffect[]) =>
    remainingEffects(planned, made).map(({ id, dependsOn }) =>
      [id, ...dependsOn].join(' < '),
    );

  it('does what is not done, and waits for nothing that is', () => {
    expect(
      left(
        madeBy(
          {},
          {
            'service:build': 'failed',
            'service:deploy': 'skipped',
            'events:tell': 'skipped',
          },
        ),
      ),
    ).toEqual([
      'service:build',
      'service:deploy < service:build',
      'events:tell < service:deploy',
    ]);
  });

  it('does again what was taken back', () => {
    expect(left(madeBy({}, { 'catalog:entity:ensure': 'undone' }))).toEqual([
      'catalog:entity:ensure',
    ]);
  });

  it('keeps what an earlier run did, though a later one never came to it', () => {
    expect(
      left([...madeBy({}), ...madeBy({}, { 'repo:ensure': 'skipped' })]),
    ).toEqual([]);
  });
});
