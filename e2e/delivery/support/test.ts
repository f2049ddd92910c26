import { test as base } from '../../support/test';
import { Delivery } from './delivery';

export { expect } from '../../support/test';

interface DeliveryFixtures {
  delivery: Delivery;
  /** A source whose facts are gone when the test is over. */
  source: string;
}

let sources = 0;

/** The portal's test, with the delivery plugin as pipelines see it. */
export const test = base.extend<DeliveryFixtures>({
  delivery: async ({ portal }, use) => use(new Delivery(portal)),

  source: async ({ delivery }, use) => {
    sources += 1;
    const source = `e2e-${process.pid}-${sources}`;
    await use(source);
    await delivery.forget(source);
    await delivery.settled();
  },
});
