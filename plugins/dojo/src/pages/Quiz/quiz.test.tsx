import type { Attempt, DojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import type { FakeAnswers } from '@fawkes/kit-contract';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aModule, anAttempt, aQuiz, NOW } from '../../__testUtils__/answers';
import { renderDojo } from '../../__testUtils__/renderDojo';

const AT = '/dojo/modules/platforms/quizzes/check';

function show(
  attempt: Attempt | undefined,
  more: FakeAnswers<DojoRoutes> = {},
) {
  const saveAttempt = jest.fn(async ({ body }: { body: { seq: number } }) => ({
    asOf: NOW,
    seq: body.seq,
    savedAt: NOW,
    readAs: [{ item: 'i5', text: '7.5 %' }],
  }));
  const submitAttempt = jest.fn(async () => ended());
  renderDojo(AT, {
    getModule: async () =>
      aModule({
        quizzes: [
          aQuiz({
            lastAttempt: attempt
              ? { id: attempt.id, state: attempt.state }
              : null,
          }),
        ],
      }),
    getAttempt: async () => attempt!,
    startAttempt: async () => anAttempt(),
    saveAttempt,
    submitAttempt,
    ...more,
  } as FakeAnswers<DojoRoutes>);
  return { saveAttempt, submitAttempt };
}

function ended(
  more: Partial<NonNullable<Attempt['result']>> = {},
  answers: Attempt['answers'] = [],
) {
  return anAttempt({
    state: 'ended',
    endedAt: NOW,
    answers,
    result: {
      passed: false,
      earned: { numerator: '13', denominator: '2' },
      total: 8,
      required: 7,
      missed: [],
      items: null,
      ...more,
    },
  });
}

describe('before a check', () => {
  it('says what one agrees to, and begins', async () => {
    show(undefined);
    expect(
      await screen.findByText('Passed with 2 of 2 points (80 %)'),
    ).toBeInTheDocument();
    expect(screen.getByText(/4 minutes on the clock/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    expect(
      await screen.findByRole('heading', { name: 'Question 1 of 6' }),
    ).toBeInTheDocument();
  });

  it('is not for guests, and not there under another name', async () => {
    renderDojo(AT, {
      getModule: async () => aModule({ keepsProgress: false }),
    });
    expect(
      await screen.findByText('Sign in as yourself to take the check.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Start' }),
    ).not.toBeInTheDocument();
  });
});

describe('while it goes on', () => {
  it('is answered by keyboard alone, and saved by itself', async () => {
    const { saveAttempt } = show(anAttempt());
    const user = userEvent.setup();
    const first = await screen.findByRole('radio', { name: 'Owner' });
    act(() => first.focus());
    await user.keyboard(' ');
    await waitFor(() => expect(saveAttempt).toHaveBeenCalledTimes(1), {
      timeout: 3_000,
    });
    expect(saveAttempt.mock.calls[0][0]).toMatchObject({
      attempt: 'a1',
      body: {
        seq: 1,
        answers: [
          { item: 'i1', answer: { type: 'single', choice: 'id-Owner' } },
        ],
      },
    });
    expect(await screen.findByText(/^Saved /)).toBeInTheDocument();

    const next = async () => {
      act(() => screen.getByRole('button', { name: 'Next' }).focus());
      await user.keyboard('{Enter}');
    };
    await next();
    expect(
      screen.getByRole('heading', { name: 'Question 2 of 6' }),
    ).toHaveFocus();
    act(() => screen.getByRole('checkbox', { name: 'Portal' }).focus());
    await user.keyboard(' ');
    await next();
    act(() => screen.getByRole('button', { name: 'Move down: Merge' }).focus());
    await user.keyboard('{Enter}');
    expect(screen.getByText('Merge: place 2')).toBeInTheDocument();
    await next();
    await next();
    await user.type(screen.getByRole('textbox', { name: 'A number' }), '7,5');
    const lastAnswers = () => {
      const [call] = saveAttempt.mock.calls[saveAttempt.mock.calls.length - 1];
      return (call as unknown as { body: { answers: Attempt['answers'] } }).body
        .answers;
    };
    await waitFor(() => expect(lastAnswers()).toHaveLength(4), {
      timeout: 5_000,
    });
    expect(await screen.findByText('Read as 7.5 %')).toBeInTheDocument();
    expect(lastAnswers().map(({ answer }) => answer)).toEqual([
      { type: 'single', choice: 'id-Owner' },
      { type: 'multi', choices: ['id-Portal'] },
      { type: 'ordering', order: ['id-Commit', 'id-Merge'] },
      { type: 'numeric', text: '7,5' },
    ]);
    const seqs = saveAttempt.mock.calls.map(([call]) => call.body.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('shows what is open and what is marked, and leads there', async () => {
    show(
      anAttempt({
        answers: [
          { item: 'i1', answer: { type: 'single', choice: 'id-Owner' } },
        ],
        seq: 3,
        savedAt: NOW,
      }),
    );
    const all = await screen.findByRole('navigation', {
      name: 'All questions',
    });
    expect(screen.getByRole('radio', { name: 'Owner' })).toBeChecked();
    await userEvent.click(
      screen.getByRole('button', { name: 'Mark for later' }),
    );
    expect(
      within(all).getByRole('button', {
        name: 'Question 1 of 6, answered, marked',
      }),
    ).toHaveAttribute('aria-current', 'step');
    await userEvent.click(
      within(all).getByRole('button', { name: 'Question 6 of 6, open' }),
    );
    expect(
      screen.getByText('For yourself, without points'),
    ).toBeInTheDocument();
    expect(screen.getByText('5 questions are still open.')).toBeInTheDocument();
  });

  it('says what was not saved and why', async () => {
    show(anAttempt(), {
      saveAttempt: async () => {
        throw new Error('The answer is not read as a number');
      },
    });
    await userEvent.click(await screen.findByRole('radio', { name: 'Owner' }));
    expect(
      await screen.findByRole('alert', {}, { timeout: 3_000 }),
    ).toHaveTextContent('Not saved');
  });

  it('hands in what is there, with a number above all others', async () => {
    const { saveAttempt, submitAttempt } = show(
      anAttempt({ seq: 7, savedAt: NOW }),
    );
    let saves = 0;
    submitAttempt.mockImplementation(async () => {
      saves = saveAttempt.mock.calls.length;
      return ended();
    });
    await userEvent.click(await screen.findByRole('radio', { name: 'Author' }));
    await userEvent.click(screen.getByRole('button', { name: 'Hand in' }));
    expect(await screen.findByText('Not yet')).toBeInTheDocument();
    expect(submitAttempt).toHaveBeenCalledWith(
      {
        attempt: 'a1',
        body: {
          seq: expect.any(Number),
          answers: [
            { item: 'i1', answer: { type: 'single', choice: 'id-Author' } },
          ],
        },
      },
      undefined,
    );
    // What was handed in is not saved once more by leaving.
    expect(saveAttempt).toHaveBeenCalledTimes(saves);
  });

  it('hands in by itself when the server’s time is over, whatever this machine’s clock says', async () => {
    // An hour of another year, by which two seconds are left.
    const asOf = '2031-11-30T09:00:00.000Z';
    const deadlineAt = '2031-11-30T09:00:02.000Z';
    const { submitAttempt } = show(anAttempt({ asOf, deadlineAt }));
    await screen.findByRole('heading', { name: 'Question 1 of 6' });
    expect(submitAttempt).not.toHaveBeenCalled();
    expect(
      await screen.findByText('Not yet', {}, { timeout: 10_000 }),
    ).toBeInTheDocument();
    expect(submitAttempt).toHaveBeenCalledTimes(1);
  });
});

describe('after it', () => {
  it('names the lessons to open again, and no question', async () => {
    show(
      ended({
        missed: [
          { name: 'hurts', title: 'What hurts', opened: true },
          { name: 'catalog', title: 'Whose is this?', opened: false },
        ],
      }),
    );
    expect(
      await screen.findByText(/6.5 of 8 points; 7 pass/),
    ).toBeInTheDocument();
    expect(screen.getByText('opened since')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open again: Whose is this?' }),
    ).toHaveAttribute('href', '/dojo/modules/platforms/lessons/catalog');
    expect(
      screen.queryByRole('button', { name: 'Take it again' }),
    ).not.toBeInTheDocument();
    expect(screen.queryByText('What you answered')).not.toBeInTheDocument();
  });

  it('offers the next go once they were', async () => {
    show(
      ended({ missed: [{ name: 'hurts', title: 'What hurts', opened: true }] }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take it again' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Question 1 of 6' }),
    ).toBeInTheDocument();
  });

  it('tells after a pass what was chosen, and why it is right', async () => {
    show(
      ended(
        {
          passed: true,
          items: [
            {
              item: 'i1',
              verdict: 'right',
              explanations: [{ option: 'id-Owner', text: 'Who promised.' }],
            },
            { item: 'i2', verdict: 'partly', explanations: [] },
            { item: 'i4', verdict: 'wrong', explanations: [] },
            {
              item: 'i6',
              verdict: 'self',
              explanations: [
                { option: null, text: 'A good one has a number.' },
              ],
            },
          ],
        },
        [
          { item: 'i1', answer: { type: 'single', choice: 'id-Owner' } },
          {
            item: 'i4',
            answer: {
              type: 'matching',
              pairs: [{ left: 'id-Cluster', right: 'id-Team' }],
            },
          },
          {
            item: 'i6',
            answer: { type: 'open', text: '> We do *it* by hand.' },
          },
        ],
      ),
    );
    expect(await screen.findByText('Who promised.')).toBeInTheDocument();
    expect(screen.getByText('Right')).toBeInTheDocument();
    expect(screen.getByText('Partly right')).toBeInTheDocument();
    expect(screen.getByText('Cluster → Team')).toBeInTheDocument();
    expect(screen.getByText('A good one has a number.')).toBeInTheDocument();
    expect(screen.getByText('> We do *it* by hand.')).toBeInTheDocument();
    expect(screen.getByText('Not answered')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Practise with new questions' }),
    ).toBeInTheDocument();
  });
});
