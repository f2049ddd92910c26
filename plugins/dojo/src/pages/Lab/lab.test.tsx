import type { LabRun } from '@fawkes/backstage-plugin-dojo-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aLab, aRun, aRunWith, NOW } from '../../__testUtils__/answers';
import { renderDojo } from '../../__testUtils__/renderDojo';
// The router loads it when it is asked for; here it is there before the clock runs.
import './LabPage';

const AT = '/dojo/modules/platforms/labs/find';
const WRONG = {
  state: 'failed',
  answer: 'bob',
  lookedAt: NOW,
  why: {
    code: 'live.other',
    params: {},
    text: 'That is not what the portal says',
  },
  fix: 'Look for *Owner*.',
} as const;
const RIGHT = {
  state: 'passed',
  answer: 'platform',
  passedAt: NOW,
  lookedAt: NOW,
  evidence: {
    source: 'catalog',
    observedAt: NOW,
    assurance: 'observed',
    excerpt: '{"owners":["group:default/platform"]}',
    digest: 'd'.repeat(64),
  },
} as const;

const steps = async () => {
  const list = await screen.findAllByRole('listitem');
  return list.filter(item => within(item).queryByRole('heading'));
};

it('says what there is to do, and begins', async () => {
  let run: LabRun | null = null;
  const startRun = jest.fn(async () => (run = aRun()));
  renderDojo(AT, { getLab: async () => aLab({ run }), startRun });
  expect(await screen.findByText('three')).toBeInTheDocument();
  expect(screen.getByText('Find the owner')).toBeInTheDocument();
  expect(screen.getByText(/Only you see your steps/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Start' }));
  expect(
    await screen.findByRole('button', { name: 'Check now' }),
  ).toBeEnabled();
  expect(startRun).toHaveBeenCalledWith(
    {
      body: { lab: 'l1', restart: false },
    },
    undefined,
  );
  expect(screen.getByText('Who owns Payments API?')).toBeInTheDocument();
  expect(
    screen.getByRole('link', { name: 'Look here: Payments API' }),
  ).toHaveAttribute('href', '/catalog/default/component/payments-api');
});

it('says what it needs and offers no start that would be refused', async () => {
  renderDojo(AT, {
    getLab: async () =>
      aLab({
        needs: [
          {
            code: 'check.absent',
            params: { type: 'ci-run' },
            text: 'it needs a check of the type ci-run',
          },
        ],
      }),
  });
  expect(await screen.findByText(/of the type ci-run/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Start' })).toBeNull();
});

it('lets guests read', async () => {
  renderDojo(AT, { getLab: async () => aLab({ keepsProgress: false }) });
  expect(
    await screen.findByText('Sign in as yourself to do the lab.'),
  ).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Start' })).toBeNull();
});

it('looks at what was typed in, says why not, and then that it passed', async () => {
  let run = aRun();
  const checkRun = jest.fn(async ({ body }) => {
    const { text } = body.answers[0];
    run =
      text === 'platform'
        ? aRunWith(RIGHT, { passedAt: NOW, earned: 4 })
        : aRunWith(WRONG);
    return run;
  });
  renderDojo(AT, { getLab: async () => aLab({ run }), checkRun });
  const field = await screen.findByLabelText('Your answer');
  await userEvent.type(field, 'bob');
  await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
  expect(
    await screen.findByText('That is not what the portal says'),
  ).toBeInTheDocument();
  expect(checkRun).toHaveBeenLastCalledWith(
    {
      run: 'r1',
      body: { answers: [{ step: 'owner', text: 'bob' }] },
    },
    undefined,
  );
  const [, owner] = await steps();
  expect(within(owner).getByText('Not yet')).toBeInTheDocument();
  expect(within(owner).getByText('Owner')).toBeInTheDocument();
  await userEvent.clear(field);
  await userEvent.type(field, 'platform');
  await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
  expect(await screen.findByText(/A pass is never lost/)).toBeInTheDocument();
  expect(screen.queryByLabelText('Your answer')).toBeNull();
  await userEvent.click(screen.getByText('What it was judged by'));
  expect(screen.getByText(/group:default\/platform/)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'To the module' })).toHaveAttribute(
    'href',
    '/dojo/modules/platforms',
  );
});

it('is as it was after a reload', async () => {
  renderDojo(AT, { getLab: async () => aLab({ run: aRunWith(WRONG) }) });
  expect(await screen.findByLabelText('Your answer')).toHaveValue('bob');
  expect(
    screen.getByText('That is not what the portal says'),
  ).toBeInTheDocument();
});

it('says when it may look again, and waits for that', async () => {
  const run = aRunWith(WRONG, {
    checkAgainAt: new Date(Date.parse(NOW) + 7_000).toISOString(),
  });
  renderDojo(AT, { getLab: async () => aLab({ run }) });
  expect(await screen.findByText(/Again in [67] seconds/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Check now' })).toBeDisabled();
});

it('says that something is away, and shows what was kept beside it', async () => {
  let run = aRun();
  renderDojo(AT, {
    getLab: async () => aLab({ run }),
    checkRun: async () => {
      run = aRunWith(RIGHT, { earned: 4 });
      throw new Error('What this lab looks at does not answer');
    },
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Check now' }),
  );
  expect(
    await screen.findByText('Not every step could be looked at'),
  ).toBeInTheDocument();
  await waitFor(async () => {
    const [, owner] = await steps();
    expect(within(owner).getByText('Passed')).toBeInTheDocument();
  });
});

it('opens a page for a step, which notes that first', async () => {
  // Being noted is what the step asks for: with it, the button is gone.
  const [catalog, ...others] = aRun().steps;
  const visited = aRun({
    steps: [{ ...catalog, state: 'passed', passedAt: NOW }, ...others],
  });
  const visitStep = jest.fn(async () => visited);
  // What is asked anew takes its time, as over a network.
  const asked: Array<() => void> = [];
  const getLab = jest
    .fn(async () => aLab({ run: visited }))
    .mockImplementationOnce(async () => aLab({ run: aRun() }))
    .mockImplementation(async () => {
      await new Promise<void>(resolve => asked.push(resolve));
      return aLab({ run: visited });
    });
  renderDojo(AT, { getLab, visitStep });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Open /catalog' }),
  );
  await waitFor(() =>
    expect(visitStep).toHaveBeenCalledWith(
      {
        run: 'r1',
        body: { step: 'catalog' },
      },
      undefined,
    ),
  );
  expect(await screen.findByText('Another page')).toBeInTheDocument();
  asked.forEach(answer => answer());
});

it('begins anew when a run has ended', async () => {
  const startRun = jest.fn(async () => aRun({ id: 'r2' }));
  renderDojo(AT, {
    getLab: async () => aLab({ run: aRunWith(WRONG, { state: 'ended' }) }),
    startRun,
  });
  expect(await screen.findByText('This run has ended')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Check now' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Begin anew' }));
  await waitFor(() =>
    expect(startRun).toHaveBeenCalledWith(
      {
        body: { lab: 'l1', restart: false },
      },
      undefined,
    ),
  );
});

it('speaks German', async () => {
  renderDojo(
    AT,
    { getLab: async () => aLab({ run: aRunWith(WRONG) }) },
    { language: 'de' },
  );
  expect(
    await screen.findByText('Das Portal sagt etwas anderes'),
  ).toBeInTheDocument();
  expect(screen.getByText('Wem gehört Payments API?')).toBeInTheDocument();
  expect(
    screen.getByRole('button', { name: 'Jetzt nachsehen' }),
  ).toBeInTheDocument();
});
