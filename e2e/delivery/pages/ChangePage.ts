import type { Locator, Page } from '@playwright/test';

/** The page of one change: a commit or a pull request. */
export class ChangePage {
  readonly title: Locator;
  readonly moments: Locator;
  readonly destinations: Locator;

  constructor(private readonly page: Page) {
    this.title = page.getByRole('heading', { level: 2 });
    this.moments = page.getByRole('region', { name: 'What happened when' });
    this.destinations = page.getByRole('region', { name: 'Where it went' });
  }

  async open(key: string) {
    await this.page.goto(`/delivery/changes/${encodeURIComponent(key)}`);
  }
}
