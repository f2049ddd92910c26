import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { violations } from '../support/axe';
import { expect, test } from '../support/test';

test.use({ person: 'priya' });

const MODULE = 'agentic-engineering';

interface Question {
  type: string;
  stem: string;
  key?: string;
  options?: { id: string; text: string }[];
}

/** The questions of a module as they are written: what somebody knows who has learnt it. */
async function questionsOf(module: string): Promise<Question[]> {
  const folder = join(__dirname, '..', '..', 'curriculum', 'modules', module);
  const [file] = await readdir(join(folder, 'quizzes'));
  const { pools } = parse(
    await readFile(join(folder, 'quizzes', file), 'utf8'),
  );
  return pools.flatMap((pool: { questions: Question[] }) => pool.questions);
}

/** Answers the question on the page by keyboard, rightly or not. */
async function answer(
  page: Page,
  questions: readonly Question[],
  right: boolean,
): Promise<void> {
  const region = page.getByRole('region', { name: /^Question \d/ });
  const said = await region.innerText();
  const question = questions.find(({ stem }) => said.includes(stem))!;
  if (question.type === 'open') {
    await region.getByRole('textbox').focus();
    await page.keyboard.type('A test that sends the order twice.');
    return;
  }
  const option = question.options!.find(
    ({ id }) => (id === question.key) === right,
  )!;
  // The choice is one group, which the arrow keys walk through.
  const radios = region.getByRole('radio');
  await radios.first().focus();
  for (let tries = 0; tries < 3; tries++) {
    const wanted = region.getByRole('radio', {
      name: option.text,
      exact: true,
    });
    if (await wanted.isChecked()) return;
    await page.keyboard.press(tries === 0 ? 'Space' : 'ArrowDown');
    if (await wanted.isChecked()) return;
  }
  await expect(
    region.getByRole('radio', { name: option.text, exact: true }),
  ).toBeChecked();
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
}

async function answerAll(
  page: Page,
  questions: readonly Question[],
  right: boolean,
): Promise<void> {
  for (let number = 1; ; number++) {
    const title = page.getByRole('heading', {
      name: new RegExp(`^Question ${number} of`),
    });
    await expect(title).toBeVisible();
    await answer(page, questions, right);
    const all = Number((await title.innerText()).split(' ').pop());
    if (number === all) return;
    await press(page, 'Next');
  }
}

test('a learner reads a module, misses its check, opens the lessons again, and passes', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const questions = await questionsOf(MODULE);
  await page.goto('/');
  const card = page.getByRole('link', { name: 'All belts and modules' });
  await expect(card).toBeVisible();
  await page.goto('/dojo');
  await expect(
    page.getByText('Read: Two ways of working with an agent'),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Begin' }).click();
  await expect(page.getByRole('article')).toContainText('Vibe coding');

  await press(page, /^Next: Who answers for it/);
  await expect(
    page.getByRole('heading', { name: 'Three habits' }),
  ).toBeVisible();
  await press(page, /^Next: Check/);
  await press(page, 'Start');

  await test.step('the first go fails, and what was answered survives a reload', async () => {
    await expect(
      page.getByRole('heading', { name: 'Question 1 of 6' }),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await answer(page, questions, false);
    await expect(page.getByText(/^Saved /)).toBeVisible();
    await page.reload();
    await expect(
      page.getByRole('button', { name: /Question 1 of 6, answered/ }),
    ).toBeVisible();
    await answerAll(page, questions, false);
    await press(page, 'Hand in');
    await expect(page.getByText('Not yet')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await expect(
      page.getByRole('heading', { name: 'What you answered' }),
    ).toHaveCount(0);
  });

  await test.step('the lessons that were missed are opened again', async () => {
    const again = page.getByRole('link', { name: /^Open again: / });
    for (let left = 2; left > 0; left--) {
      await again.click();
      await expect(page.getByRole('article')).toBeVisible();
      await page.goto(`/dojo/modules/${MODULE}/quizzes/agents-check`);
    }
    await expect(again).toHaveCount(0);
  });

  await test.step('the second go passes, with a reason for each choice', async () => {
    await press(page, 'Take it again');
    await answerAll(page, questions, true);
    await press(page, 'Hand in');
    await expect(page.getByText('Passed', { exact: true })).toBeVisible();
    await expect(page.getByText(/5 of 5 points/)).toBeVisible();
    await expect(page.getByText('Right', { exact: true })).toHaveCount(5);
    expect(await violations(page)).toEqual([]);
  });

  await page.goto('/dojo');
  await expect(page.getByText('Read: What hurts without one')).toBeVisible();
});
