import { HomePage } from './pages/HomePage';
import { SignInPage } from './pages/SignInPage';
import { expect, test } from './support/test';

test.use({ person: 'nobody' });

test('Mira signs in, is still signed in after a reload, and signs out', async ({
  page,
}) => {
  const signIn = new SignInPage(page);
  const home = new HomePage(page);

  await signIn.open();
  await signIn.signInAs('Mira Okafor');
  await expect(home.greeting).toContainText('Mira');

  await page.reload();
  await expect(home.greeting).toContainText('Mira');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByTestId('user-settings-menu').click();
  await page.getByRole('menuitem', { name: 'Sign Out' }).click();
  await expect(signIn.card('Mira Okafor')).toBeVisible();

  await page.reload();
  await expect(signIn.card('Mira Okafor')).toBeVisible();
});

test('every sample person is offered with what they are here for', async ({
  page,
}) => {
  const signIn = new SignInPage(page);
  await signIn.open();
  await expect(page.getByRole('listitem')).toHaveCount(9);
  await expect(signIn.card('Lena Hofmann')).toContainText('Runs this portal');
});
