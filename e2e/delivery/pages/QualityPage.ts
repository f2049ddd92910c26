import type { Locator, Page } from '@playwright/test';

/** What is known, what is missing, and what to do about it. */
export class QualityPage {
  readonly matrix: Locator;
  readonly unmapped: Locator;
  readonly rejected: Locator;

  constructor(private readonly page: Page) {
    this.matrix = this.region('What is known about which service');
    this.unmapped = this.region('Facts no service claims');
    this.rejected = this.region('Rejected events');
  }

  async open() {
    await this.page.goto('/delivery/quality');
  }

  /** The rejected event of a source, with its reason. */
  rejectedOf(source: string): Locator {
    return this.rejected.getByRole('listitem').filter({ hasText: source });
  }

  private region(name: string): Locator {
    return this.page.getByRole('region', { name });
  }
}
