import type { Locator, Page } from '@playwright/test';

/** What goes and what stays, and the name to type. */
export class DestroyPage {
  readonly goes: Locator;

  constructor(private readonly page: Page) {
    this.goes = page.getByRole('list', { name: 'What goes' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name: `Take down ${name}` });
  }

  async type(name: string) {
    await this.page.getByRole('textbox', { name: /^Type / }).fill(name);
  }
}
