import type { Locator, Page } from '@playwright/test';
import { downloadedText } from '../../support/download';

/** Delivery performance of any scope. */
export class DoraPage {
  readonly scope: Locator;

  constructor(private readonly page: Page) {
    this.scope = page.getByRole('button', { name: /^Scope:/ });
  }

  async open(search = '') {
    await this.page.goto(`/delivery${search}`);
    await this.number('Lead time').waitFor();
  }

  /** The card of one number, e.g. `Lead time`. */
  number(metric: string): Locator {
    return this.page.getByRole('article', { name: metric, exact: true });
  }

  /** The numbers as they are said, e.g. `["11.8 /day", "1.1 days", …]`. */
  async numbers(): Promise<string[]> {
    return this.page
      .getByRole('article')
      .getByRole('link', { name: /Show the chart$/ })
      .allInnerTexts();
  }

  async chooseScope(term: string, title: RegExp) {
    await this.scope.click();
    const popover = this.page.getByRole('dialog', { name: 'Scope' });
    await popover
      .getByRole('searchbox', { name: /^Find a service/ })
      .fill(term);
    await popover.getByText(title).click();
    await this.page.keyboard.press('Escape');
  }

  async chooseWindow(days: '30 days' | '60 days' | '90 days') {
    await this.page.getByRole('radio', { name: days }).click();
  }

  chart(title: string): Locator {
    return this.page.getByRole('figure', { name: title });
  }

  async viewAsTable(chart: Locator) {
    await chart.getByRole('button', { name: 'View as table' }).click();
  }

  /** Content of the file behind "Download CSV". */
  async downloadCsv(chart: Locator): Promise<{ name: string; text: string }> {
    return downloadedText(this.page, () =>
      chart.getByRole('button', { name: 'Download CSV' }).click(),
    );
  }

  /** The address that "Share" offers. */
  async share(): Promise<string> {
    await this.page.getByRole('button', { name: 'Share' }).click();
    const link = await this.page
      .getByRole('dialog', { name: 'Share' })
      .getByRole('textbox')
      .inputValue();
    await this.page.keyboard.press('Escape');
    return link;
  }
}
