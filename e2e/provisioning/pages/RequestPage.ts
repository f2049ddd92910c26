import { expect, type Locator, type Page } from '@playwright/test';

/** One request: the run that goes on, what exists, and what can be done with it. */
export class RequestPage {
  readonly service: Locator;
  readonly code: Locator;
  readonly remained: Locator;

  constructor(private readonly page: Page) {
    this.service = page.getByRole('region', { name: 'Running service' });
    this.code = page.getByRole('region', { name: 'Code', exact: true });
    this.remained = page.getByRole('region', { name: 'What remained' });
  }

  /** Its id, as the address has it. */
  get id(): string {
    return /requests\/([^/?#]+)/.exec(this.page.url())![1];
  }

  async open(
    id: string,
    part?: 'releases' | 'logs' | 'changes' | 'access' | 'update' | 'destroy',
  ) {
    await this.page.goto(
      ['/provisioning/requests', id, part].filter(Boolean).join('/'),
    );
  }

  /** A state of the request in its header, e.g. `Ready`. */
  state(text: string): Locator {
    return this.page.getByText(text, { exact: true }).first();
  }

  /** The steps of the run that goes on or was last. */
  get steps(): Locator {
    return this.page
      .getByRole('list', { name: 'Steps', exact: true })
      .getByRole('listitem');
  }

  /** A run, e.g. `Making it: last run`. */
  run(title: string): Locator {
    return this.page.getByRole('region', { name: title });
  }

  /** The times that steps say. */
  get times(): Locator {
    return this.steps.getByText(/^\d[\d.,]* (s|min)\b/);
  }

  /** The address of the running service, once it is healthy. */
  async address(within: { timeout: number }): Promise<string> {
    await expect(
      this.service.getByText('Healthy', { exact: true }),
    ).toBeVisible(within);
    const link = this.service.getByRole('link', { name: /^http/ });
    return (await link.getAttribute('href'))!;
  }

  /** What is to be pasted into a shell, and the password git then asks for. */
  async gitPassword(): Promise<{ command: string; password: string }> {
    await this.code.getByRole('button', { name: 'Get a git password' }).click();
    const text = (label: string) =>
      this.code.getByRole('region', { name: label, exact: true }).innerText();
    await this.code
      .getByRole('region', { name: 'Password', exact: true })
      .waitFor();
    return {
      command: (await text('Clone command')).trim(),
      password: (await text('Password')).trim(),
    };
  }

  /** Presses a button that asks first, and the one in the dialog. */
  async confirm(button: string, confirm: string, within: Locator | Page) {
    await within.getByRole('button', { name: button, exact: true }).click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: confirm, exact: true })
      .click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  /** A release by the first digits of its commit. */
  release(commit: string): Locator {
    return this.page
      .getByRole('list', { name: 'Releases', exact: true })
      .getByRole('listitem')
      .filter({ hasText: commit.slice(0, 10) });
  }
}
