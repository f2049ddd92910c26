import fc from 'fast-check';
import type { EffectState } from '../contract';
import { walk } from './__testUtils__/walk';
import {
  nextStep,
  undoesAfterFailure,
  type RunEffect,
  type RunView,
} from './run';

const effect = (
  id: string,
  state: EffectState,
  dependsOn: string[] = [],
  unreadable = false,
): RunEffect => ({ id, state, dependsOn, unreadable });

const step = (effects: RunEffect[], other: Partial<RunView> = {}) =>
  nextStep({ direction: 'forward', effects, ...other });

const nothing = { begin: [], lookUp: [], skip: [], waitFor: [] };

describe('forward', () => {
  it('begins whatever waits for nothing', () => {
    expect(
      step([
        effect('a', 'done'),
        effect('b', 'planned', ['a']),
        effect('c', 'planned', ['a']),
        effect('d', 'planned', ['b']),
      ]),
    ).toEqual({ ...nothing, begin: ['b', 'c'] });
  });

  it('waits for what was sent, and begins what does not need it', () => {
    expect(
      step([
        effect('a', 'sent'),
        effect('b', 'planned', ['a']),
        effect('c', 'planned'),
      ]),
    ).toEqual({ ...nothing, begin: ['c'], waitFor: ['a'] });
  });

  it('looks up what is unknown', () => {
    expect(
      step([effect('a', 'unknown'), effect('b', 'planned', ['a'])]),
    ).toEqual({
      ...nothing,
      lookUp: ['a'],
    });
  });

  it('begins nothing after a failure, and waits for what was sent', () => {
    expect(
      step([
        effect('a', 'failed'),
        effect('b', 'sent'),
        effect('c', 'planned'),
      ]),
    ).toEqual({ ...nothing, skip: ['c'], waitFor: ['b'] });
  });

  it('ends as failed', () => {
    expect(step([effect('a', 'failed'), effect('b', 'skipped')]).end).toEqual({
      state: 'failed',
      because: ['a'],
    });
  });

  it('needs a person where something cannot be looked up', () => {
    expect(
      step([
        effect('a', 'unknown', [], true),
        effect('b', 'failed'),
        effect('c', 'skipped'),
      ]).end,
    ).toEqual({ state: 'needs_person', because: ['a'] });
  });

  it('is done when all is', () => {
    expect(step([effect('a', 'done'), effect('b', 'done', ['a'])]).end).toEqual(
      {
        state: 'done',
        because: [],
      },
    );
  });

  it('is done when there is nothing to do', () => {
    expect(step([]).end).toEqual({ state: 'done', because: [] });
  });
});

describe.each(['cancelled', 'superseded'] as const)('asked to be %s', asked => {
  it('begins nothing, undoes nothing, lets what was sent end', () => {
    expect(
      step([effect('a', 'done'), effect('b', 'sent'), effect('c', 'planned')], {
        asked,
      }),
    ).toEqual({ ...nothing, skip: ['c'], waitFor: ['b'] });
  });

  it('ends, also where something stays unknown', () => {
    expect(
      step([effect('a', 'unknown', [], true), effect('b', 'skipped')], {
        asked,
      }).end,
    ).toEqual({ state: asked, because: [] });
  });
});

describe('back', () => {
  const back = (effects: RunEffect[]) => step(effects, { direction: 'back' });

  it('stops only what depends on a failed undo, also at second hand', () => {
    expect(
      back([
        effect('service', 'failed'),
        effect('catalog', 'planned'),
        effect('repo', 'planned', ['service', 'catalog']),
        effect('name', 'planned', ['repo']),
      ]),
    ).toEqual({ ...nothing, begin: ['catalog'], skip: ['repo', 'name'] });
  });

  it('goes on beside what cannot be looked up', () => {
    expect(
      back([
        effect('a', 'unknown', [], true),
        effect('b', 'planned', ['a']),
        effect('c', 'planned'),
      ]),
    ).toEqual({ ...nothing, begin: ['c'], skip: ['b'] });
  });
});

it('refuses effects that wait for each other', () => {
  expect(() =>
    step([effect('a', 'planned', ['b']), effect('b', 'planned', ['a'])]),
  ).toThrow('wait for each other');
});

it('refuses an effect that waits for one that is not there', () => {
  expect(() => step([effect('a', 'planned', ['x'])])).toThrow("'x'");
});

/** Graphs without circles: each effect needs some of those before it. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map(rows =>
    rows.map((needs, index) =>
      effect(
        `e${index}`,
        'planned',
        index === 0 ? [] : [...new Set(needs.map(n => `e${n % index}`))],
      ),
    ),
  );

describe('laws, whatever goes wrong and whenever the portal dies', () => {
  it.each(['forward', 'back'] as const)('%s', direction => {
    fc.assert(
      fc.property(
        graphs,
        fc.infiniteStream(fc.nat({ max: 99 })),
        fc.option(fc.nat({ max: 30 }), { nil: undefined }),
        (graph, chance, cancelAt) => {
          const dice = () => chance.next().value as number;

          expect(walk({ direction, graph, dice, cancelAt })).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what a failed create leaves', () => {
  const made = (
    state: EffectState,
    undoClass: 'exact' | 'compensating' | 'keep',
    permanent?: boolean,
  ) => ({
    state,
    undoClass,
    permanent,
  });

  it.each([
    [
      'stays for a retry',
      [made('done', 'exact'), made('failed', 'compensating')],
      'continue',
      false,
    ],
    [
      'goes where that was wished',
      [made('done', 'compensating'), made('failed', 'exact')],
      'undo',
      true,
    ],
    [
      'goes after a permanent failure before anything irreversible',
      [made('done', 'exact'), made('failed', 'compensating', true)],
      'continue',
      true,
    ],
    [
      'stays after one behind something irreversible',
      [made('done', 'compensating'), made('failed', 'exact', true)],
      'continue',
      false,
    ],
    [
      'stays where something irreversible may have happened',
      [made('unknown', 'keep'), made('failed', 'exact', true)],
      'continue',
      false,
    ],
    ['stays where nothing failed', [made('done', 'exact')], 'undo', false],
  ] as const)('%s', (_, effects, onFailure, undone) => {
    expect(undoesAfterFailure(effects, onFailure)).toBe(undone);
  });
});
