import type { Locator, Page } from '@playwright/test';

/** Asking for a new service: the form, then the plan, then one button. */
export class NewServicePage {
  /** What would happen, as a list. */
  readonly planned: Locator;
  readonly file: Locator;

  constructor(private readonly page: Page) {
    this.planned = page.getByRole('list', {
      name: 'What is done, in this order',
    });
    this.file = page.getByRole('region', { name: /^Content of / });
  }

  async open() {
    await this.page.goto('/provisioning');
    await this.page.getByRole('link', { name: 'New service' }).first().click();
    await this.choice('API in Node.js').waitFor();
  }

  /** A template, or a place for the code; what it is for stands in its name too. */
  choice(name: string): Locator {
    return this.page.getByRole('radio', { name: new RegExp(`^${name} `) });
  }

  get name(): Locator {
    return this.page.getByRole('textbox', { name: /^Name/ });
  }

  /** What the portal says about a field while one types. */
  said(text: string | RegExp): Locator {
    return this.page.getByRole('status').getByText(text);
  }

  async chooseOwner(group: string) {
    await this.page.getByRole('button', { name: /Owner/ }).click();
    await this.page.getByRole('option', { name: group, exact: true }).click();
  }

  async describe(text: string) {
    await this.page.getByRole('textbox', { name: /^Description/ }).fill(text);
  }

  /** Goes on to the plan. */
  async plan() {
    await this.page
      .getByRole('button', { name: 'See what would happen' })
      .click();
    await this.planned.waitFor();
  }

  async look(file: string) {
    await this.page.getByRole('button', { name: file, exact: true }).click();
  }

  /** Lets it be made; ends on the page of the request. */
  async make() {
    await this.page.getByRole('button', { name: 'Do this' }).click();
    await this.page.waitForURL(/\/provisioning\/requests\//);
  }
}
