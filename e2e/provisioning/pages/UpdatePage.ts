import type { Page } from '@playwright/test';

/** Another spec for a request: the form, the plan, a proposal for review. */
export class UpdatePage {
  constructor(private readonly page: Page) {}

  async propose(description: string) {
    await this.page
      .getByRole('textbox', { name: /^Description/ })
      .fill(description);
    await this.page
      .getByRole('button', { name: 'See what would happen' })
      .click();
    await this.page
      .getByRole('button', { name: 'Propose this update' })
      .click();
    await this.page.waitForURL(/\/requests\/[^/]+$/);
  }
}
