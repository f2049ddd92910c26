import type { Locator, Page } from '@playwright/test';

/** The page of one deployment. */
export class DeploymentPage {
  readonly title: Locator;
  readonly contents: Locator;
  readonly failure: Locator;
  readonly verdict: Locator;

  constructor(private readonly page: Page) {
    this.title = page.getByRole('heading', { level: 2 });
    this.contents = page.getByRole('region', {
      name: /^Contains \d+ changes?/,
    });
    this.failure = page.getByRole('region', {
      name: 'Why it counts as failed',
    });
    this.verdict = page.getByRole('region', { name: 'Is this right?' });
  }

  async open(key: string) {
    await this.page.goto(`/delivery/deployments/${encodeURIComponent(key)}`);
  }

  /** A fact of the header, e.g. `Outcome`. */
  fact(label: string): Locator {
    return this.page
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${label}$`) })
      .locator('xpath=following-sibling::dd[1]');
  }

  /** The links to the changes it carried. */
  get changes(): Locator {
    return this.contents
      .getByRole('listitem')
      .getByRole('link')
      .and(this.page.locator('[href*="/delivery/changes/"]'));
  }

  /** Opens the dialog, chooses, gives the reason and saves. */
  async mark(verdict: string, reason: string) {
    await this.verdict.getByRole('button', { name: 'This is wrong' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'This is wrong' });
    await dialog.getByText(verdict, { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: 'Save' }).click();
  }
}
