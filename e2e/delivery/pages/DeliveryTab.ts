import type { Locator, Page } from '@playwright/test';

/** The Delivery tab of a component. */
export class DeliveryTab {
  readonly list: Locator;
  readonly river: Locator;
  readonly firstSteps: Locator;

  constructor(private readonly page: Page) {
    this.list = page.getByRole('region', { name: 'Deployments', exact: true });
    this.river = page.getByRole('figure', { name: /^Deployment river/ });
    this.firstSteps = page.getByRole('region', { name: /^First steps/ });
  }

  async open(component: string) {
    await this.page.goto(`/catalog/default/component/${component}/delivery`);
  }

  /** The card of one number, e.g. `Lead time`. */
  number(metric: string): Locator {
    return this.page.getByRole('article', { name: metric, exact: true });
  }

  /** How many deployments reached production, as the card says. */
  async deployments(): Promise<number> {
    const text = await this.number('Deployments')
      .getByText(/deployments? reached production/)
      .innerText();
    return Number(text.replace(/ .*/s, '').replace(/,/g, ''));
  }

  /** Rows of the list, newest first. */
  get rows(): Locator {
    return this.list.getByRole('row').filter({
      has: this.page.getByRole('rowheader'),
    });
  }

  row(version: string): Locator {
    return this.rows.filter({
      has: this.page.getByRole('rowheader', { name: version, exact: true }),
    });
  }

  /** Marks of the river, oldest first. */
  get marks(): Locator {
    return this.river.getByRole('link');
  }
}
