import type { Locator, Page } from '@playwright/test';

/** The first page after signing in. */
export class HomePage {
  readonly greeting: Locator;
  readonly services: Locator;

  constructor(private readonly page: Page) {
    this.greeting = page.getByRole('heading', {
      level: 1,
      name: /^Good (morning|afternoon|evening)/,
    });
    this.services = page.getByRole('list').filter({
      has: page.getByRole('link', { name: 'Payments API' }),
    });
  }

  async open() {
    await this.page.goto('/');
    await this.services.waitFor();
  }

  service(title: string): Locator {
    return this.services.getByRole('link', { name: title, exact: true });
  }
}
