import { provisioningWords, say } from './words';

it('fills its params in', () => {
  expect(say('name.taken', { name: 'shop', owner: 'group:default/a' })).toEqual(
    {
      code: 'name.taken',
      params: { name: 'shop', owner: 'group:default/a' },
      text: 'shop is taken; it belongs to group:default/a',
    },
  );
});

it('leaves what is written like a param in a value as it is', () => {
  expect(say('who.requester', { requester: '{{owner}} $& $1' }).text).toBe(
    '{{owner}} $& $1',
  );
});

it('refuses to speak with a gap', () => {
  expect(() => say('name.taken', { name: 'shop' })).toThrow("need 'owner'");
  expect(() => say('who.owner', {})).toThrow("need 'owner'");
});

it('has texts without plurals, so that each is its own code', () => {
  expect(provisioningWords.codes).toEqual(Object.keys(provisioningWords.texts));
});
