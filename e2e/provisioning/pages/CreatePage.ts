import type { Locator, Page } from '@playwright/test';

/** The scaffolder's own pages: its list of templates, the form of one, and the task. */
export class CreatePage {
  constructor(private readonly page: Page) {}

  async open() {
    await this.page.goto('/create');
  }

  /** Chooses a template of the list by its title. */
  async choose(title: string) {
    const card = this.page
      .locator('[class*=MuiCard-root]')
      .filter({ has: this.page.getByText(title, { exact: true }) });
    await card.getByRole('button', { name: 'Choose' }).click();
    await this.field('Name').waitFor();
  }

  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: new RegExp(`^${label}`) });
  }

  /** Finds an owner as one types. */
  async chooseOwner(group: string) {
    const owner = this.page.getByRole('combobox', { name: /^Owner/ });
    await owner.or(this.field('Owner')).first().fill(group);
    await this.page.getByRole('option', { name: group }).first().click();
  }

  /** A button below the form: `Next`, `Review`, `Create`. */
  async press(name: string) {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** A step of the task. */
  step(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** What the task leads to, once it has ended. */
  result(name: string): Locator {
    return this.page.getByRole('link', { name });
  }

  /** What the task tells beside its links. */
  get told(): Locator {
    return this.page.getByTestId('text-output-box');
  }
}
