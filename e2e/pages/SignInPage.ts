import type { Locator, Page } from '@playwright/test';

/** Where people without a session arrive. */
export class SignInPage {
  readonly title: Locator;

  constructor(private readonly page: Page) {
    this.title = page.getByRole('heading', { level: 1 });
  }

  async open() {
    await this.page.goto('/');
  }

  card(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(name) });
  }

  async signInAs(name: string) {
    await this.card(name).click();
  }
}
