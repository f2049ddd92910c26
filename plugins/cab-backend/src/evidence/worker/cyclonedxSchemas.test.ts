import { cyclonedx } from '../__testUtils__/samples';
import { cyclonedxCheck } from './cyclonedxSchemas';

/** How often a check reads something of the components of a document. */
function readsOf(components: number): number {
  const check = cyclonedxCheck();
  const document = JSON.parse(cyclonedx(components));
  let reads = 0;
  document.components = document.components.map(
    (component: object) =>
      new Proxy(component, {
        get: (of, key) => {
          reads += 1;
          return Reflect.get(of, key);
        },
        ownKeys: of => {
          reads += 1;
          return Reflect.ownKeys(of);
        },
      }),
  );
  expect(check('1.6', document)).toBeUndefined();
  return reads;
}

// How long that takes says `yarn bench cab`. What compares each pair takes the square.
it('looks at each component as often, however many there are', () => {
  const one = readsOf(1);
  expect(one).toBeGreaterThan(5);
  expect(readsOf(300)).toBe(300 * one);
});
