import { test as base } from '../../support/test';
import { WorkingCopy } from './git';
import { Provisioning } from './provisioning';

export { expect } from '../../support/test';

interface ProvisioningFixtures {
  provisioning: Provisioning;
  /** A name nobody has; what has it is taken down when the test is over. */
  freshName: (stem: string) => string;
  /** An empty folder to work with git in. */
  copy: WorkingCopy;
}

/** The portal's test, with the provisioning plugin as programs see it, and git. */
export const test = base.extend<ProvisioningFixtures>({
  provisioning: async ({ portal }, use) => use(new Provisioning(portal)),

  freshName: async ({ provisioning }, use) => {
    const given: string[] = [];
    await use(stem => {
      const name = `${stem}-${Date.now().toString(36)}`;
      given.push(name);
      return name;
    });
    await provisioning.clear(given);
  },

  // eslint-disable-next-line no-empty-pattern
  copy: async ({}, use) => {
    const copy = await WorkingCopy.make();
    await use(copy);
    await copy.remove();
  },
});
