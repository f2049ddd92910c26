import { AxeBuilder } from '@axe-core/playwright';
import { places } from './support/places';
import { expect, test } from './support/test';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

for (const theme of ['light', 'dark'] as const) {
  for (const { name, isPublic, open } of places) {
    test.describe(`${name}, ${theme}`, () => {
      test.use({
        colorScheme: theme,
        person: isPublic ? 'nobody' : 'mira',
      });

      test('has nothing that WCAG 2.1 AA forbids', async ({ page, portal }) => {
        await open(page, portal);
        const { violations } = await new AxeBuilder({ page })
          .withTags(STANDARD)
          .analyze();
        const found = violations.map(({ id, help, nodes }) => ({
          id,
          help,
          where: nodes.map(node => `${node.target} ${node.failureSummary}`),
        }));
        expect(found).toEqual([]);
      });
    });
  }
}
