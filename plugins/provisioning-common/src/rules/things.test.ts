import { EFFECT_TYPES, type EffectType } from '../contract';
import { factsOf, normalOf, onGithub } from './__testUtils__/made';
import { goesAndStays } from './planDestroy';
import { planCreate } from './planEffects';
import { thingTitle } from './things';

const key = { namespace: 'default', name: 'shop' };

const left = (spec: Parameters<typeof normalOf>[0]) => {
  const normal = normalOf(spec);
  const made = planCreate(normal, factsOf()).effects.map(effect => ({
    ...effect,
    state: 'done' as const,
  }));
  const { goes, stays } = goesAndStays(made);
  return [...goes, ...stays.map(({ effect }) => effect)].map(
    ({ type }) => thingTitle(type, key, normal).text,
  );
};

it('calls what is left of a local service by nouns', () => {
  expect(left({})).toEqual([
    'The name shop',
    'Repository portal.local/default/shop',
    'component:default/shop in the catalog',
    'Checkout, logs and documents of shop',
    'Service shop on this computer',
    'What the delivery metrics were told of shop',
  ]);
});

it('calls what is left on GitHub by nouns', () => {
  expect(left(onGithub)).toEqual([
    'The name shop',
    'Repository github.com/acme/shop',
    'Protection of the main branch of github.com/acme/shop',
    'Pipeline of github.com/acme/shop',
    'component:default/shop in the catalog',
  ]);
});

it('has a noun for each effect that may be left, and for no other', () => {
  const isLeft = (type: EffectType) => {
    const effect = {
      id: type,
      type,
      state: 'done',
      origin: 'created',
    } as const;
    return goesAndStays([{ ...effect, undoClass: 'exact' }]).goes.length > 0;
  };
  const hasNoun = (type: EffectType) => {
    try {
      return thingTitle(type, key, normalOf()).code.startsWith('thing.');
    } catch {
      return false;
    }
  };
  expect(EFFECT_TYPES.filter(hasNoun)).toEqual(EFFECT_TYPES.filter(isLeft));
});

it('says so where nothing is left', () => {
  expect(() => thingTitle('repo:archive', key, normalOf())).toThrow(
    "'repo:archive' leaves nothing of its own",
  );
});
