import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aPlan,
  aPlannedEffect,
  aFile,
  digest,
  ME,
  MY_TEAM,
  REQUEST,
  RUN,
  someTemplates,
  UNCONFINED,
} from '../../../dev/builders';
import {
  provisioningCoreWords,
  say,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { conflict, noSuchPlugin } from '../../__testUtils__/refused';
import { renderPages } from '../../__testUtils__/renderPages';

const { say: sayCore } = provisioningCoreWords;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

const open = (over: Answers = {}, at = '/provisioning/new') => {
  const api = aPortal(over);
  renderPages({ api, at });
  return api;
};
const nameField = () => screen.findByRole('textbox', { name: /^Name/ });

const button = (name: string | RegExp) => screen.findByRole('button', { name });

/** Fills the form in by keyboard and mouse, as a person does. */
async function fillIn(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByRole('radio', { name: /Node API/ }));
  await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'shop');
  await user.click(screen.getByRole('button', { name: /Owner/ }));
  await user.click(
    await screen.findByRole('option', { name: 'Payments Core' }),
  );
  await user.type(
    screen.getByRole('textbox', { name: /^Description/ }),
    'Takes orders',
  );
  // The only place there is has not to be chosen.
  expect(screen.getByRole('radio', { name: /On this portal/ })).toBeChecked();
}

const createAnswer = {
  id: REQUEST,
  runId: RUN,
  state: 'running' as const,
  specDigest: digest('1'),
};

describe('the form', () => {
  it('goes from the form over the plan to the request', async () => {
    const user = userEvent.setup();
    const api = open({ createRequest: async () => createAnswer });
    await fillIn(user);
    expect(await screen.findByText('shop is free')).toBeVisible();
    expect(screen.getByText('The owner holds 3 of 20 services.')).toBeVisible();
    expect(
      screen.getByText(/Builds and runs code on this computer/),
    ).toBeVisible();

    await user.click(await button('See what would happen'));
    const heading = await screen.findByRole('heading', {
      name: 'What would happen for shop',
    });
    expect(heading).toHaveFocus();
    expect(api.plan).toHaveBeenCalledWith({
      body: {
        kind: 'service',
        name: 'shop',
        spec: expect.objectContaining({
          owner: MY_TEAM,
          description: 'Takes orders',
          repository: { host: 'local' },
        }),
      },
    });
    expect(api.createRequest).not.toHaveBeenCalled();

    await user.click(await button('Do this'));
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        `/provisioning/requests/${REQUEST}`,
      ),
    );
    expect(api.createRequest).toHaveBeenCalledWith({
      body: expect.objectContaining({
        name: 'shop',
        expectedPlanDigest: digest('2'),
        onFailure: 'continue',
        practice: false,
      }),
    });
  });

  it('says what the code could reach, and why, before and with the plan', async () => {
    const user = userEvent.setup();
    const [local, github] = someTemplates().hosts;
    open({
      getTemplates: async () =>
        someTemplates({ hosts: [{ ...local, isolation: UNCONFINED }, github] }),
      plan: async () => aPlan({ isolation: UNCONFINED }),
    });
    const told = () => [
      screen.getByText(/can read this portal's files/),
      screen.getByText(
        'Bubblewrap is there; but when it was tried, nothing could be run in it. It said: bwrap: No permissions to create new namespace',
      ),
    ];
    await fillIn(user);
    for (const words of told()) expect(words).toBeVisible();
    await user.click(await button('See what would happen'));
    await screen.findByRole('heading', { name: 'What its code can reach' });
    for (const words of told()) expect(words).toBeVisible();
  });

  it('says that the code has a room of its own', async () => {
    const user = userEvent.setup();
    open();
    await fillIn(user);
    expect(screen.getByText(/in a room of their own/)).toBeVisible();
    await user.click(await button('See what would happen'));
    await screen.findByRole('heading', { name: 'What its code can reach' });
    expect(screen.getByText(/in a room of their own/)).toBeVisible();
  });

  it('says at each field what has to be mended, and leads to the first', async () => {
    const user = userEvent.setup();
    const api = open();
    await user.click(await button('See what would happen'));
    expect(
      await screen.findByText('4 fields have to be mended first.'),
    ).toBeVisible();
    expect(screen.getAllByText('This is needed.')).toHaveLength(4);
    expect(screen.getByRole('radio', { name: /Node API/ })).toHaveFocus();
    expect(api.plan).not.toHaveBeenCalled();
    // What is mended is no longer said.
    await user.click(screen.getByRole('radio', { name: /Node API/ }));
    expect(screen.getAllByText('This is needed.')).toHaveLength(3);
  });

  it('offers a close name for one of another shape, and for one that is taken', async () => {
    const user = userEvent.setup();
    open({
      checkName: async ({ name }) =>
        name === 'shop'
          ? {
              free: false,
              reason: say('name.taken', { name: 'shop', owner: MY_TEAM }),
              suggestion: 'shop-2',
              ownerAllowed: true,
              quota: [],
            }
          : { free: true, ownerAllowed: true, quota: [] },
    });
    const name = await screen.findByRole('textbox', { name: /^Name/ });
    await user.type(name, 'Shop');
    expect(await screen.findByText(/Use 3 to 40 lower-case/)).toBeVisible();
    await user.click(await button('Take shop'));
    expect(
      await screen.findByText('shop is taken; it belongs to Payments Core'),
    ).toBeVisible();
    await user.click(await button('Take shop-2'));
    expect(await screen.findByText('shop-2 is free')).toBeVisible();
  });

  it('says what is not here and what to set, and that it cannot be chosen', async () => {
    open();
    const github = await screen.findByRole('radio', {
      name: /GitHub \(not available\)/,
    });
    expect(github).toBeDisabled();
    expect(github).toHaveAccessibleDescription(/Set provisioning\.github/);
  });

  it('says that the quota is full, and that the owner is not yours', async () => {
    const user = userEvent.setup();
    open({
      checkName: async () => ({
        free: true,
        ownerAllowed: false,
        quota: [{ kind: 'owner', limit: 20, used: 20, holders: [] }],
      }),
    });
    await fillIn(user);
    expect(
      await screen.findByText('You may not ask for this owner.'),
    ).toBeVisible();
    expect(
      screen.getByText('The owner holds 20 of 20 services.'),
    ).toBeVisible();
  });

  it('goes on though the name cannot be asked about', async () => {
    const user = userEvent.setup();
    open({
      checkName: async () => {
        throw new TypeError('Failed to fetch');
      },
    });
    await user.type(
      await screen.findByRole('textbox', { name: /^Name/ }),
      'shop',
    );
    expect(
      await screen.findByText(/is not known at the moment; the plan will say/),
    ).toBeVisible();
  });

  it('says that nothing can be made where there is no place for it', async () => {
    const { hosts } = someTemplates();
    open({
      getTemplates: async () =>
        someTemplates({
          hosts: hosts.map(host => ({
            ...host,
            available: false,
            words:
              host.host === 'local'
                ? sayCore('host.local.absent')
                : sayCore('host.none', { host: host.host }),
          })),
        }),
    });
    const said = await screen.findByRole('region', {
      name: 'Nothing can be made here yet',
    });
    expect(said).toHaveTextContent(
      'On this portalThis portal cannot run services on its computer',
    );
    expect(said).toHaveTextContent('GitHubNo module for GitHub is installed');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'See what would happen' }),
    ).toBeNull();
  });

  it('takes the template and practice of the address', async () => {
    open({}, '/provisioning/new?template=node-worker&practice=true');
    expect(
      await screen.findByRole('radio', { name: /Node worker/ }),
    ).toBeChecked();
    expect(screen.getByText('A service to practise with')).toBeVisible();
  });

  it('says that nothing new is taken on, and that there are no templates', async () => {
    open({
      getTemplates: async () =>
        someTemplates({
          items: [],
          paused: { code: 'x', params: {}, text: 'Moving house until noon.' },
        }),
    });
    expect(await screen.findByText('Moving house until noon.')).toBeVisible();
    expect(screen.getByText('There is no template yet')).toBeVisible();
  });

  it('says that the backend is not installed', async () => {
    const error = await noSuchPlugin();
    open({
      getTemplates: async () => {
        throw error;
      },
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Provisioning is not installed',
      }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the plan', () => {
  const plan = async (over: Answers = {}) => {
    const user = userEvent.setup();
    const api = open(over);
    await fillIn(user);
    await user.click(await button('See what would happen'));
    await screen.findByRole('heading', { name: 'What would happen for shop' });
    return { user, api };
  };

  it('says what is done, how each is undone, what it costs and relies on', async () => {
    await plan({
      plan: async () => aPlan({ asOf: new Date().toISOString() }),
    });
    const effects = within(
      screen.getByRole('list', { name: 'What is done, in this order' }),
    ).getAllByRole('listitem');
    expect(effects).toHaveLength(6);
    expect(effects[1]).toHaveTextContent(
      'Make the repository portal.local/default/shop with these filesCan be undone; a trace stays: The repository is deleted; all its branches are kept for 30 days',
    );
    expect(screen.getByText(/There is no rate card/)).toHaveTextContent(
      'Unknown: There is no rate card',
    );
    expect(screen.getByText('The address is known after apply')).toBeVisible();
    expect(screen.queryByText(/This plan is old/)).toBeNull();
    expect(screen.getByText(/Looked at/)).toBeVisible();
  });

  it('shows the files with mode, size and text', async () => {
    const { user } = await plan();
    expect(screen.getByText(/Takes orders\./)).toBeVisible();
    await user.click(await button('start.sh'));
    expect(screen.getByText(/exec node src\/server\.ts/)).toBeVisible();
    expect(screen.getByText('755 (can be run)')).toBeVisible();
    await user.click(await button('logo.png'));
    expect(screen.getByText(/No text, so it is not shown/)).toBeVisible();
    expect(screen.getByText(/18\.2 kB/)).toBeVisible();
  });

  it('cannot be carried out while something stands in the way', async () => {
    await plan({
      plan: async () =>
        aPlan({
          obstacles: [
            say('quota.owner', { owner: MY_TEAM, used: 20, limit: 20 }),
          ],
        }),
    });
    expect(
      screen.getByText(
        'Payments Core holds 20 of 20 services; take one down first',
      ),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Do this' })).toBeDisabled();
  });

  it('shows the difference where it has changed, and sends the new one then', async () => {
    const changed = aPlan({
      planDigest: digest('9'),
      effects: [
        aPlannedEffect({
          origin: 'adopted',
          title: say('effect.repo.adopt', {
            repository: 'portal.local/default/shop',
          }),
        }),
        aPlannedEffect({
          id: 'ci:ensure',
          type: 'ci:ensure',
          title: say('effect.ci.ensure', { repository: 'x' }),
        }),
      ],
      files: [aFile({ sha256: digest('8') })],
    });
    const refusal = await conflict('PLAN_CHANGED');
    const answers = [aPlan(), changed];
    let created = 0;
    const { user, api } = await plan({
      plan: async () => answers.shift()!,
      createRequest: async () => {
        created += 1;
        if (created === 1) throw refusal;
        return createAnswer;
      },
    });
    await user.click(await button('Do this'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The plan has changed');
    expect(alert).toHaveTextContent('New: Let x run its pipeline');
    expect(alert).toHaveTextContent('No longer: Reserve the name shop');
    expect(alert).toHaveTextContent('Now: Take over the repository');
    expect(alert).toHaveTextContent(/Files: .*README\.md/);
    await user.click(await button('Do this'));
    await waitFor(() => expect(api.createRequest).toHaveBeenCalledTimes(2));
    expect(api.createRequest.mock.calls[1][0].body.expectedPlanDigest).toBe(
      digest('9'),
    );
  });

  it('says that it is old, and is looked at again', async () => {
    const old = new Date(Date.now() - 20 * 60_000).toISOString();
    const { user, api } = await plan({
      plan: async () => aPlan({ asOf: old }),
    });
    expect(screen.getByText(/This plan is old: it was made/)).toBeVisible();
    await user.click(await button('Look again'));
    await waitFor(() => expect(api.plan).toHaveBeenCalledTimes(2));
  });

  it('says who has the name, and goes back to the form as it was', async () => {
    const refusal = await conflict('NAME_TAKEN', {
      details: { owner: 'group:default/ledger' },
    });
    const { user } = await plan({
      createRequest: async () => {
        throw refusal;
      },
    });
    await user.click(await button('Do this'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It was not begunSomebody else has this name. It belongs to Ledger.',
    );
    await user.click(await button('Back to the form'));
    expect(await screen.findByRole('textbox', { name: /^Name/ })).toHaveValue(
      'shop',
    );
  });
});

describe('a half-filled form', () => {
  it('is still there after a reload, and can be started anew', async () => {
    const user = userEvent.setup();
    const api = aPortal();
    const { unmount } = renderPages({ api, at: '/provisioning/new' });
    await user.click(await screen.findByRole('radio', { name: /Node worker/ }));
    await user.type(await nameField(), 'shop');
    expect(screen.queryByText(/is still here/)).toBeNull();
    unmount();

    open();
    expect(await nameField()).toHaveValue('shop');
    expect(screen.getByRole('radio', { name: /Node worker/ })).toBeChecked();
    expect(
      screen.getByText('What you had filled in is still here.'),
    ).toBeVisible();
    // What was wrong with the old one is not said of the new one.
    await user.click(await button('See what would happen'));
    expect(await screen.findAllByText('This is needed.')).toHaveLength(2);
    await user.click(await button('Start anew'));
    expect(await nameField()).toHaveValue('');
    expect(screen.queryByText('This is needed.')).toBeNull();
    expect(screen.getByRole('radio', { name: /Node API/ })).toHaveFocus();
    expect(screen.queryByText(/is still here/)).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it('is forgotten once it was sent', async () => {
    const user = userEvent.setup();
    open({ createRequest: async () => createAnswer });
    await fillIn(user);
    expect(sessionStorage).toHaveLength(1);
    await user.click(await button('See what would happen'));
    await user.click(await button('Do this'));
    await waitFor(() => expect(sessionStorage).toHaveLength(0));
  });

  it('is kept while a request is refused', async () => {
    const user = userEvent.setup();
    const refusal = await conflict('NAME_TAKEN', {});
    open({
      createRequest: async () => {
        throw refusal;
      },
    });
    await fillIn(user);
    await user.click(await button('See what would happen'));
    await user.click(await button('Do this'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It was not begun',
    );
    expect(sessionStorage).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    const user = userEvent.setup();
    const { unmount } = renderPages({
      api: aPortal(),
      at: '/provisioning/new',
    });
    await user.type(await nameField(), 'shop');
    unmount();
    renderPages({
      api: aPortal(),
      at: '/provisioning/new',
      ownership: ['user:default/priya.raman'],
    });
    expect(await nameField()).toHaveValue('');
  });

  it('leaves the template to the address', async () => {
    const user = userEvent.setup();
    const { unmount } = renderPages({
      api: aPortal(),
      at: '/provisioning/new',
    });
    await user.click(await screen.findByRole('radio', { name: /Node worker/ }));
    await user.type(await nameField(), 'shop');
    unmount();
    open({}, '/provisioning/new?template=node-api');
    expect(await nameField()).toHaveValue('shop');
    expect(screen.getByRole('radio', { name: /Node API/ })).toBeChecked();
  });

  it.each(['{', '[]', '{"name":7,"host":"moon","lifecycle":null}'])(
    'begins empty where what was kept is %s',
    async kept => {
      sessionStorage.setItem(`provisioning.new:${ME}`, kept);
      open();
      expect(await nameField()).toHaveValue('');
    },
  );
});
