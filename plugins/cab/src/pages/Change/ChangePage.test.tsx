import { toastApiRef } from '@backstage/frontend-plugin-api';
import { say, type Change } from '@fawkes/backstage-plugin-cab-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refusedBy } from '@fawkes/kit-ui/testUtils';
import {
  aChange,
  aSummary,
  aVote,
  CHANGE,
  ME,
  NOW,
  OTHER,
} from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { renderPages } from '../../__testUtils__/renderPages';

const AT = `/changes/${CHANGE}`;
/** Opens a change; what a command answers is what there is from then on. */
function open(change: Change = aChange(), over: Answers = {}) {
  let now = change;
  /** What is asked after a command waits for it; nothing where a test does not care. */
  const slow: { until?: Promise<void> } = {};
  const commands = Object.entries(over).map(([name, answer]) => [
    name,
    async (...given: never[]) => {
      const told = await (answer as (...all: never[]) => Promise<Change>)(
        ...given,
      );
      if (told.id === CHANGE) now = told;
      return told;
    },
  ]);
  const api = aPortal({
    getChange: async () => {
      await slow.until;
      return now;
    },
    ...Object.fromEntries(commands),
  });
  const post = jest.fn();
  renderPages({ api, at: AT, apis: [[toastApiRef, { post }]] });
  return { ...api, post, slow };
}
const section = (name: string) => screen.findByRole('region', { name });
const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

/** Opens the dialog, chooses, says why, and keeps it. */
async function decide(choice: RegExp, reason: string) {
  await press('Decide');
  await userEvent.click(await screen.findByRole('radio', { name: choice }));
  await userEvent.type(
    screen.getByRole('textbox', { name: /reason/i }),
    reason,
  );
  await press('Keep my decision');
}

describe('the page of a change', () => {
  it('answers first: may it ship, who decides, and how risky it is', async () => {
    open(aChange({ sample: true }));
    expect(await section('May this ship?')).toHaveTextContent(
      /Not yet.*It is not approved yet/,
    );
    const votes = await section('Who decides');
    await within(votes).findByText(/2 votes of Change Board/);
    expect(votes).toHaveTextContent(
      '2 votes of Change Board. Of them at least 1 from outside the owning group.',
    );
    await within(votes).findByText('Jonas Lindqvist');
    expect(votes).toHaveTextContent('Jonas Lindqvist: asked for it');
    expect(votes).toHaveTextContent(
      'j…@example.com: author (not found in the catalog)',
    );
    const risk = await section('Risk');
    expect(risk).toHaveTextContent('66.0 of 100');
    expect(risk).toHaveTextContent('Above 50: the board decides.');
    expect(risk).toHaveTextContent(
      'Tests12 of at most 12Unknown, so it counts as the worst: tests',
    );
    expect(risk).toHaveTextContent('What would lower it');
    expect(risk).toHaveTextContent('Show tests that pass: to 55.0 (high)');
    const plan = await section('What and why');
    expect(plan).toHaveTextContent('Refund in two steps');
    expect(plan).toHaveTextContent('WhyRefunds are booked twice');
    expect(plan).toHaveTextContent('How to go backSwitch the flag off');
    expect(screen.getByText('sample')).toBeVisible();
    const steps = within(await section('How far it is')).getAllByRole(
      'listitem',
    );
    expect(steps.map(step => step.getAttribute('aria-current'))).toEqual([
      null,
      null,
      'step',
      null,
    ]);
  });

  it('keeps a vote with the reason, bound to what was looked at', async () => {
    const voted = aChange({ votes: [aVote({ userRef: ME })] });
    const change = aChange();
    const api = open(change, { castVote: async () => voted });
    await screen.findByRole('button', { name: 'Decide' });
    let answer = () => {};
    api.slow.until = new Promise(resolve => {
      answer = resolve;
    });
    await decide(/^Approve/, 'Rehearsed last week');
    // The button is gone before everything is asked anew, as over a network.
    expect(await screen.findByText('You have approved it.')).toBeVisible();
    answer();
    await waitFor(() =>
      expect(api.post).toHaveBeenCalledWith(
        expect.objectContaining({ title: 'Your decision is kept.' }),
      ),
    );
    expect(api.castVote.mock.calls).toEqual([
      [
        {
          id: CHANGE,
          body: {
            ...change.binding,
            decision: 'approve',
            reason: 'Rehearsed last week',
          },
        },
      ],
    ]);
  });

  it('votes for another of the board, who is named beside the vote', async () => {
    const bea = 'user:default/bea';
    const change = aChange({
      votes: [aVote({ userRef: ME, castBy: 'user:default/jonas' })],
      mine: { ...aChange().mine, voteFor: [bea] },
    });
    const api = open(change, { castVote: async () => aChange() });
    expect(await screen.findByText(/cast by/, { exact: false })).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: /^Decide for / }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getAllByRole('radio')).toHaveLength(2);
    await userEvent.click(within(dialog).getByLabelText(/^Approve/));
    await userEvent.type(within(dialog).getByRole('textbox'), 'As agreed');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Keep my decision' }),
    );
    expect(api.castVote).toHaveBeenCalledWith({
      id: CHANGE,
      body: {
        ...change.binding,
        decision: 'approve',
        reason: 'As agreed',
        onBehalfOf: bea,
      },
    });
  });

  it('sends it back, or steps back, with a reason', async () => {
    const api = open(aChange(), {
      requestChanges: async () =>
        aChange({ state: 'changes_requested', binding: null }),
    });
    await decide(/^Send back/, 'Say how to go back');
    expect(await screen.findByText('Sent back')).toBeVisible();
    expect(api.requestChanges.mock.calls).toEqual([
      [{ id: CHANGE, body: { reason: 'Say how to go back' } }],
    ]);
  });

  it('says so where it is another by now, and keeps the dialog', async () => {
    const changed = await refusedBy(409, {
      name: 'ConflictError',
      message: 'changed',
      code: 'EVIDENCE_CHANGED',
      params: { revision: 2, packDigest: 'x', riskResultHash: 'y' },
    });
    open(aChange(), {
      castVote: async () => {
        throw changed;
      },
    });
    await decide(/^Approve/, 'Looks good');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'now revision 2. Look at it again before you vote',
    );
    expect(screen.getByRole('dialog')).toBeVisible();
  });

  it('says in a sentence why somebody may not vote, and has no button for them', async () => {
    open(
      aChange({
        mine: { ...aChange().mine, vote: say('vote.excluded.submitter') },
      }),
    );
    expect(
      await screen.findByText(/You asked for it, so you may not approve it/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Decide' })).toBeNull();
  });

  it('takes a vote back', async () => {
    const own = aChange({ votes: [aVote({ userRef: ME })] });
    const api = open(own, { withdrawVote: async () => aChange() });
    await press('Take my vote back');
    expect(api.withdrawVote.mock.calls).toEqual([[{ id: CHANGE }]]);
    expect(await screen.findByRole('button', { name: 'Decide' })).toBeVisible();
  });

  it('shows votes that no longer count with the reason', async () => {
    open(
      aChange({
        votes: [
          aVote({ state: 'void', why: say('void.revision', { revision: 1 }) }),
        ],
      }),
    );
    const list = await screen.findByRole('list', { name: 'Votes so far' });
    expect(await within(list).findByText('Beatriz Nogueira')).toBeVisible();
    expect(list).toHaveTextContent('Beatriz Nogueira approved');
    expect(list).toHaveTextContent(
      'does not count: It was about revision 1 · revision 1',
    );
  });

  it('lets the submitter withdraw with a reason, change and submit', async () => {
    const mine = {
      ...aChange().mine,
      submit: null,
      edit: null,
      withdraw: null,
    };
    const draft = aChange({
      state: 'draft',
      submitter: ME,
      risk: null,
      score: null,
      route: null,
      requirement: null,
      binding: null,
      mine,
    });
    const api = open(draft, {
      submitChange: async () => aChange(),
      withdrawChange: async () => aChange({ state: 'withdrawn' }),
    });
    expect(
      await screen.findByRole('link', { name: 'Change the request' }),
    ).toHaveAttribute('href', `${AT}/edit`);
    await press('Withdraw');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /reason/i }),
      'Not needed',
    );
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Withdraw',
      }),
    );
    expect(await screen.findAllByText('Withdrawn')).not.toHaveLength(0);
    expect(api.withdrawChange.mock.calls).toEqual([
      [{ id: CHANGE, body: { reason: 'Not needed' } }],
    ]);
  });

  it('says plainly that nobody was asked, and why', async () => {
    open(
      aChange({
        state: 'approved',
        route: 'automatic',
        requirement: null,
        binding: null,
        automatic: say('automatic.approved', { reviewers: 'user:default/sue' }),
      }),
    );
    expect(
      await screen.findByText(/The policy approved it by itself/),
    ).toBeVisible();
  });

  it('says to the submitter what is missing before it can be submitted', async () => {
    open(
      aChange({
        state: 'draft',
        submitter: ME,
        mine: {
          ...aChange().mine,
          submit: say('EVIDENCE_INCOMPLETE', {
            environment: 'prod-eu',
            class: 'production',
            kinds: 'tests, scan',
          }),
        },
      }),
    );
    expect(
      await screen.findByText(
        /Evidence is missing for prod-eu.*Attach it on the page/,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Submit' })).toBeNull();
  });

  it('leads from one that waits to the next', async () => {
    const items = [
      aSummary({ id: OTHER, title: 'The one before' }),
      aSummary(),
      aSummary({ id: `${OTHER.slice(0, -1)}3`, title: 'The one after' }),
    ];
    open(aChange(), {
      getWaiting: async () => ({ asOf: NOW, items, more: false }),
    });
    const bar = await screen.findByRole('navigation', {
      name: 'Waiting for you',
    });
    expect(bar).toHaveTextContent('2 of 3 waiting for you');
    expect(
      within(bar).getByRole('link', { name: 'Previous: The one before' }),
    ).toBeVisible();
    expect(
      within(bar).getByRole('link', { name: 'Next: The one after' }),
    ).toBeVisible();
  });

  it('says something about it', async () => {
    const api = open(aChange(), {
      commentChange: async () => aChange(),
    });
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Say something/ }),
      'Why now?',
    );
    await press('Say it');
    expect(api.commentChange.mock.calls).toEqual([
      [{ id: CHANGE, body: { text: 'Why now?' } }],
    ]);
  });

  it('says that it is not there, or not to be seen', async () => {
    const gone = await refusedBy(404, {
      name: 'NotFoundError',
      message: 'gone',
      code: 'change.not_found',
      params: { id: CHANGE },
    });
    open(aChange(), {
      getChange: async () => {
        throw gone;
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The change could not be loaded',
    );
  });
});

describe('changing a request', () => {
  it('makes a new revision of the one that was looked at', async () => {
    const change = aChange({ mine: { ...aChange().mine, edit: null } });
    const api = aPortal({
      getChange: async () => change,
      editChange: async () => aChange({ revision: 2 }),
    });
    renderPages({ api, at: `${AT}/edit` });
    const title = await screen.findByDisplayValue('Refund in two steps');
    await userEvent.clear(title);
    await userEvent.type(title, 'Refund in three');
    await press('Save the new revision');
    await section('May this ship?');
    expect(api.editChange.mock.calls).toEqual([
      [
        {
          id: CHANGE,
          body: {
            revision: 1,
            title: 'Refund in three',
            description: change.description,
            window: null,
          },
        },
      ],
    ]);
  });

  it('is of who asked for it', async () => {
    renderPages({ api: aPortal(), at: `${AT}/edit` });
    expect(
      await screen.findByText(/Only Jonas Lindqvist, who asked for it/),
    ).toBeVisible();
  });
});
