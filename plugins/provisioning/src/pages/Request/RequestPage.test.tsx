import { PROVISIONING_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-provisioning-common';
import {
  provisioningComputerWords,
  provisioningCoreWords,
  provisioningHostWords,
  say,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { signalTag } from '@fawkes/kit-contract';
import { fakeSignals, refusedBy } from '@fawkes/kit-ui/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  after,
  allowances,
  anEffect,
  anOpenRevision,
  aRelease,
  aRequest,
  aRevision,
  aRun,
  aService,
  aSpec,
  aThing,
  commit,
  digest,
  effectsUpTo,
  MY_TEAM,
  NOW,
  REQUEST,
  RUN,
} from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { conflict } from '../../__testUtils__/refused';
import { renderPages, type PageOptions } from '../../__testUtils__/renderPages';

beforeEach(() => localStorage.clear());

const AT = `/provisioning/requests/${REQUEST}`;
const open = (
  over: Answers = {},
  { part = '', ...options }: Partial<PageOptions> & { part?: string } = {},
) => {
  const api = aPortal(over);
  renderPages({ api, at: AT + part, ...options });
  return api;
};
const of = (over: Parameters<typeof aRequest>[0]): Answers => ({
  getRequest: async () => aRequest(over),
});
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const press = async (name: string | RegExp) =>
  userEvent.click(await button(name));
const answer = { id: REQUEST, runId: RUN, state: 'running' as const };

const running = (done: number, over = {}): Answers => {
  const run = aRun({ state: 'running', finishedAt: null, seconds: 7, ...over });
  return {
    getRequest: async () =>
      aRequest({
        state: 'running',
        run,
        things: [],
        service: aService({ state: 'none', address: null, release: null }),
      }),
    getEffects: async () => ({
      asOf: NOW,
      runs: [run],
      items: effectsUpTo(done),
    }),
  };
};

describe('progress', () => {
  it('says of each step how far it is, and shows the log of the running one', async () => {
    open({
      ...running(3),
      getLogs: async () => ({
        lines: [{ at: NOW, stream: 'out', text: 'added 46 packages' }],
        next: '1',
        cut: false,
        ended: true,
      }),
    });
    const steps = await screen.findByRole('list', { name: 'Steps' });
    const [, repository, , build, deploy] =
      within(steps).getAllByRole('listitem');
    expect(repository).toHaveTextContent('Done1.7 s');
    expect(build).toHaveAttribute('aria-current', 'step');
    expect(build).toHaveTextContent(/Under way3\.\d s/);
    expect(within(steps).getByText('Under way')).toBeVisible();
    expect(deploy ?? steps).toBeTruthy();
    expect(await screen.findByText('added 46 packages')).toBeVisible();
    const bar = screen.getByRole('progressbar', { name: 'Progress' });
    expect(bar).toHaveAttribute('value', '0.5');
    expect(screen.getByText(/3 of 6 steps have ended/)).toHaveTextContent(
      'Install and test shop in the sandbox',
    );
  });

  it('ticks between two answers', async () => {
    open(running(3));
    const list = await screen.findByRole('list', { name: 'Steps' });
    const before = list.textContent;
    await waitFor(() => expect(list.textContent).not.toBe(before), {
      timeout: 5_000,
    });
  });

  it('follows the log: each question asks for what came after', async () => {
    const lines = ['one', 'two', 'three'];
    const api = open({
      ...running(3),
      getLogs: async ({ after: mark }) => {
        const at = Number(mark ?? 0);
        return {
          lines: lines
            .slice(at, at + 1)
            .map(text => ({ at: NOW, stream: 'out' as const, text })),
          next: String(at + 1),
          cut: false,
          ended: at >= 2,
        };
      },
    });
    expect(await screen.findByText('three')).toBeVisible();
    expect(screen.getByText('one')).toBeVisible();
    expect(api.getLogs.mock.calls.map(([asked]) => asked.after)).toEqual([
      undefined,
      '1',
      '2',
    ]);
    expect(api.getLogs.mock.calls[0][0]).toEqual(
      expect.objectContaining({ effect: 'service:build', run: RUN }),
    );
  });

  it('moves on with news, and ends in what exists', async () => {
    const signals = fakeSignals();
    let done = false;
    open(
      {
        getRequest: async (asked, options) =>
          done
            ? aRequest({ things: [] })
            : running(5).getRequest!(asked, options),
        getEffects: async (asked, options) =>
          done
            ? { asOf: NOW, runs: [aRun()], items: effectsUpTo(6) }
            : running(5).getEffects!(asked, options),
      },
      { signals },
    );
    await screen.findByRole('progressbar');
    done = true;
    await signals.send(PROVISIONING_SIGNAL_CHANNEL, {
      tags: [signalTag(REQUEST)],
    });
    expect(
      await screen.findByRole('link', { name: /127\.0\.0\.1:41234/ }),
    ).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
    expect(screen.getByText('Making it: last run')).toBeVisible();
  });

  it('is cancelled, and says what that means', async () => {
    let asked = false;
    const api = open({
      ...running(3),
      getRequest: async (...args) => ({
        ...(await running(3, { cancelAsked: asked }).getRequest!(...args)),
      }),
      cancel: async () => {
        asked = true;
        return answer;
      },
    });
    await press('Cancel');
    expect(await screen.findByText('It is being cancelled')).toBeVisible();
    expect(api.cancel).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('says why it failed and how to go on', async () => {
    const run = aRun({ state: 'failed' });
    const api = open({
      getRequest: async () =>
        aRequest({
          state: 'failed',
          run,
          reason: say('drift.unknown'),
          things: [aThing()],
        }),
      getEffects: async () => ({
        asOf: NOW,
        runs: [run, aRun({ id: 'older', kind: 'deploy' })],
        items: [
          anEffect({
            state: 'unknown',
            reason: say('drift.unknown'),
            attempts: 2,
          }),
          anEffect({ id: 'ci:ensure', state: 'skipped', seconds: null }),
        ],
      }),
      retry: async () => answer,
    });
    expect(await screen.findByText(/Retry goes on from there/)).toBeVisible();
    const steps = within(await screen.findByRole('list', { name: 'Steps' }));
    expect(steps.getByText('Nobody knows')).toBeVisible();
    expect(steps.getByText('2 attempts')).toBeVisible();
    expect(steps.getByText('Left out')).toBeVisible();
    expect(screen.getByText('Earlier runs')).toBeVisible();
    await press('Retry');
    await waitFor(() => expect(api.retry).toHaveBeenCalledTimes(1));
  });
});

describe('a request', () => {
  it('shows what exists, whence, where, and what undoing takes', async () => {
    open();
    const things = within(
      await screen.findByRole('list', { name: 'What exists because of it' }),
    ).getAllByRole('listitem');
    expect(things).toHaveLength(3);
    expect(things[0]).toHaveTextContent('Made here');
    expect(things[0]).toHaveTextContent(
      'The repository is deleted; all its branches are kept for 30 days',
    );
    expect(
      screen.getByRole('link', { name: 'Page in the catalog' }),
    ).toHaveAttribute('href', '/catalog/default/component/shop');
    expect(
      screen.getByRole('link', { name: 'Open its catalog page' }),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: /^Release / })).toHaveAttribute(
      'href',
      `${AT}/releases`,
    );
    expect(
      await screen.findByRole('link', { name: 'Payments Core' }),
    ).toHaveAttribute('href', '/catalog/default/group/payments-core');
    expect(screen.getByText(/in a room of their own/)).toBeVisible();
    expect(screen.getByText('Proven with the real programs.')).toBeVisible();
    expect(screen.getByText(/git clone http/)).toBeVisible();
  });

  it('leads to no tab that is not there', async () => {
    open();
    await screen.findByRole('link', { name: 'Open its catalog page' });
    expect(
      screen.queryByRole('link', { name: 'See how it delivers' }),
    ).toBeNull();
  });

  it.each([
    ['sandbox.bubblewrap', { scratch: 64 }, 0],
    ['sandbox.user', { scratch: 64 }, 1],
    ['sandbox.none', { scratch: 64 }, 1],
  ] as const)(
    'says plainly what a service can reach: %s',
    async (code, params, warnings) => {
      const isolation = provisioningComputerWords.say(code, params);
      open(of({ service: aService({ isolation }) }));
      const panel = await screen.findByRole('region', {
        name: 'Running service',
      });
      expect(panel).toHaveTextContent(isolation.text);
      expect(panel.querySelectorAll('[data-tone="care"]')).toHaveLength(
        warnings,
      );
    },
  );

  it('says its name once where it is its title too', async () => {
    open(of({ title: 'shop' }));
    await screen.findByRole('heading', { name: 'shop' });
    expect(screen.getAllByText('shop')).toHaveLength(1);
  });

  it('says in words why not now', async () => {
    open(
      of({
        allowances: allowances().map(each =>
          each.action === 'update'
            ? {
                ...each,
                allowed: false,
                reason: provisioningCoreWords.say('denied.state', {
                  state: 'needs_person',
                }),
              }
            : each,
        ),
      }),
      { part: '/access' },
    );
    expect(
      await screen.findByText(/Not in the state “Needs a person”/),
    ).toBeVisible();
  });

  it('shows a git password once', async () => {
    const api = open({
      makeGitToken: async () => ({
        user: 'mira.okafor',
        token: 'secret-once',
        push: true,
        expiresAt: after(8 * 3_600),
      }),
    });
    await press('Get a git password');
    expect(await screen.findByText('secret-once')).toBeVisible();
    expect(screen.getByText(/git clone http:\/\/mira\.okafor@/)).toBeVisible();
    expect(screen.getByText(/It is shown only now/)).toBeVisible();
    expect(api.makeGitToken).toHaveBeenCalledWith({
      body: { request: REQUEST },
    });
  });

  it('says why a service is stopped, and starts it', async () => {
    const api = open({
      ...of({
        things: [],
        service: aService({ state: 'stopped', reason: 'idle' }),
      }),
      start: async () => ({ id: REQUEST, service: aService() }),
    });
    expect(
      await screen.findByText('Nobody called it for hours.'),
    ).toBeVisible();
    expect(screen.queryByRole('link', { name: /41234/ })).toBeNull();
    await press('Start');
    await waitFor(() => expect(api.start).toHaveBeenCalledTimes(1));
  });

  it('explains a control that cannot be used, and who may', async () => {
    open(of({ allowances: allowances({ deploy: 'denied.role' }) }));
    await press('Deploy: why not?');
    const why = await screen.findByRole('dialog');
    expect(why).toHaveTextContent('This is not yours to do');
    expect(why).toHaveTextContent('Who may: Members of Payments Core');
  });

  it('deploys the newest or a commit, and says why not', async () => {
    const user = userEvent.setup();
    const refusal = await conflict('NO_GREEN_BUILD', {
      details: { commit: commit('e') },
    });
    const api = open({
      deploy: async () => {
        throw refusal;
      },
    });
    await press('Deploy');
    const field = await screen.findByRole('textbox', { name: /commit/i });
    await user.type(field, 'abc');
    expect(await screen.findByText(/A commit has 40 or 64/)).toBeVisible();
    expect(await button('Deploy it')).toBeDisabled();
    await user.clear(field);
    await press('Deploy it');
    expect(await screen.findByText(/has no green build/)).toBeVisible();
    expect(screen.getByText('Commit eeeeeeeeee')).toBeVisible();
    expect(api.deploy).toHaveBeenCalledWith({ id: REQUEST, body: {} });
  });

  it('says that there is no such request', async () => {
    const error = await refusedBy(404, {
      name: 'NotFoundError',
      message: 'There is no such request',
    });
    open({
      getRequest: async () => {
        throw error;
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It does not exist, or you may not see it.',
    );
  });

  it('is answered by the group it was offered to', async () => {
    const api = open({
      ...of({ pendingOwner: 'group:default/ledger' }),
      transfer: async () => ({ id: REQUEST, owner: 'group:default/ledger' }),
    });
    expect(
      await screen.findByText('Payments Core offers it to Ledger'),
    ).toBeVisible();
    await press('Accept it');
    await waitFor(() =>
      expect(api.transfer).toHaveBeenCalledWith({
        id: REQUEST,
        body: { accept: true },
      }),
    );
  });

  it('says when what is for practice ends, and what was found', async () => {
    open(
      of({
        practice: true,
        endsAt: after(86_400),
        findings: [say('drift.broken')],
      }),
    );
    expect(await screen.findByText(/It is taken down by itself/)).toBeVisible();
    expect(screen.getByText('Found in what was pushed')).toBeVisible();
  });

  it('says by their names who holds the places, where there is none left', async () => {
    const full = provisioningHostWords.say('deploy.running_full', {
      used: 2,
      limit: 2,
      holders: `pay (${MY_TEAM}), till (group:default/ledger)`,
    });
    const refusal = await refusedBy(409, {
      name: 'ConflictError',
      message: full.text,
      code: full.code,
      params: full.params,
    });
    open({
      ...of({ service: aService({ state: 'stopped', reason: 'asked' }) }),
      start: async () => {
        throw refusal;
      },
    });
    await press('Start');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '2 of 2 services run on this portal; stop one first: pay (Payments Core), till (Ledger)',
    );
  });

  it('of a library says that it is never started, and offers no such buttons', async () => {
    open(
      of({
        spec: aSpec({ type: 'library' }),
        service: aService({ state: 'none', address: null, isolation: null }),
      }),
    );
    expect(
      await screen.findByText(/A library is tested and packed, never started/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Deploy|Start|Stop/ }),
    ).toBeNull();
  });

  it('says what remained once it is taken down, and gives the repository back', async () => {
    const saved: string[] = [];
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = () => 'blob:kept';
    URL.revokeObjectURL = () => {};
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    open({
      ...of({
        state: 'destroyed',
        things: [],
        service: aService({ state: 'none', address: null }),
      }),
      getAttic: async () => ({
        fileName: 'shop.bundle',
        size: 12_000,
        sha256: digest('f'),
        keptUntil: after(30 * 86_400),
        bytes: btoa('bundle'),
      }),
    });
    expect(await screen.findByText('Nothing of it is left.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Deploy|Start/ })).toBeNull();
    await press('Download it');
    expect(
      await screen.findByText(/shop\.bundle \(12 kB\) was saved/),
    ).toBeVisible();
    expect(saved).toEqual(['shop.bundle']);
    click.mockRestore();
    Object.assign(URL, { createObjectURL, revokeObjectURL });
  });
});

describe('its parts', () => {
  it('goes back to a healthy release, after asking', async () => {
    const api = open({ rollback: async () => answer }, { part: '/releases' });
    const releases = await screen.findByRole('list', { name: 'Releases' });
    const [current, earlier] = within(releases).getAllByRole('listitem');
    expect(current).toHaveTextContent('In use');
    expect(within(current).queryByRole('button')).toBeNull();
    await userEvent.click(
      within(earlier).getByRole('button', { name: 'Go back to it' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'What a release did to data is not undone.',
    );
    expect(api.rollback).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Go back to it' }),
    );
    await waitFor(() =>
      expect(api.rollback).toHaveBeenCalledWith({
        id: REQUEST,
        body: { digest: digest('d') },
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('offers no way back to what never was healthy', async () => {
    open(
      of({
        waitingCommit: commit('b'),
        releases: [
          aRelease(),
          aRelease({
            digest: digest('e'),
            current: false,
            healthy: false,
            state: 'failed',
            reason: say('drift.unknown'),
          }),
        ],
      }),
      { part: '/releases' },
    );
    await screen.findByRole('list', { name: 'Releases' });
    expect(screen.queryByRole('button', { name: 'Go back to it' })).toBeNull();
    expect(screen.getByText(/Commit bbbbbbbbbb waits/)).toBeVisible();
  });

  it('says that nothing was deployed', async () => {
    open(of({ releases: [] }), { part: '/releases' });
    expect(await screen.findByText('Nothing was deployed yet')).toBeVisible();
  });

  it('shows the log of the service and of the last build', async () => {
    const api = open(
      {
        getLogs: async ({ effect }) => ({
          lines: [
            {
              at: NOW,
              stream: 'out',
              text: effect ? 'tests passed' : 'listening',
            },
          ],
          next: '1',
          cut: true,
          ended: true,
        }),
      },
      { part: '/logs' },
    );
    expect(await screen.findByText('listening')).toBeVisible();
    expect(await screen.findByText('tests passed')).toBeVisible();
    expect(screen.getAllByText('Older lines were thrown away.')).toHaveLength(
      2,
    );
    expect(api.getLogs.mock.calls.map(([asked]) => asked.effect)).toEqual(
      expect.arrayContaining([undefined, 'service:build']),
    );
  });

  it('shows an update file by file, and merges what was looked at', async () => {
    const api = open(
      {
        getRevisions: async () => ({
          asOf: NOW,
          items: [anOpenRevision(), aRevision()],
        }),
        merge: async () => ({ ...answer, commit: commit('f') }),
      },
      { part: '/changes' },
    );
    expect(await screen.findByText('1 file conflicts')).toBeVisible();
    expect(screen.getByText('+FROM node:24')).toBeInTheDocument();
    expect(
      screen.getAllByText('Version of the template: 1.0.0 becomes 1.1.0')
        .length,
    ).toBeGreaterThan(0);
    await press('Merge');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Files that conflict keep what people wrote',
    );
    await press('Merge it into main');
    await waitFor(() =>
      expect(api.merge).toHaveBeenCalledWith({
        id: REQUEST,
        body: { revision: 2, head: commit('e') },
      }),
    );
  });

  it('says that main has moved on', async () => {
    const refusal = await conflict('STALE_HEAD', {
      details: { head: commit('9') },
    });
    open(
      {
        getRevisions: async () => ({ asOf: NOW, items: [anOpenRevision()] }),
        merge: async () => {
          throw refusal;
        },
      },
      { part: '/changes' },
    );
    await press('Merge');
    await press('Merge it into main');
    expect(
      await screen.findByText(/The main branch has moved on/),
    ).toBeVisible();
  });

  it('says how it differs from what was written, and leads to the update', async () => {
    open(
      {
        getDrift: async () => ({
          word: 'behind_template',
          reason: say('drift.behind_template', { from: '1.0.0', to: '1.1.0' }),
          behind: { from: '1.0.0', to: '1.1.0' },
          files: [
            {
              path: 'Dockerfile',
              word: 'changed_by_people',
              reason: say('drift.changed_by_people'),
            },
          ],
          asOf: NOW,
        }),
      },
      { part: '/changes' },
    );
    expect(await screen.findByText('Behind the template')).toBeVisible();
    expect(screen.getByText('Changed by people')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Update to 1.1.0' }),
    ).toHaveAttribute('href', `${AT}/update`);
  });

  it('says who may do what, and hands it over', async () => {
    const user = userEvent.setup();
    const api = open(
      {
        ...of({ allowances: allowances({ purge: 'denied.role' }) }),
        transfer: async () => ({ id: REQUEST, owner: MY_TEAM, pending: 'x' }),
      },
      { part: '/access' },
    );
    const list = await screen.findByRole('list', { name: 'Who may do what' });
    const purge = within(list)
      .getAllByRole('listitem')
      .find(item => item.textContent?.includes('for good'));
    expect(purge).toHaveTextContent('You may not');
    expect(purge).toHaveTextContent('This is not yours to do');

    await press('Offer it to a group');
    expect(await button('Offer it')).toBeDisabled();
    await user.click(await button(/Group/));
    await user.click(await screen.findByRole('option', { name: 'Ledger' }));
    await press('Offer it');
    await waitFor(() =>
      expect(api.transfer).toHaveBeenCalledWith({
        id: REQUEST,
        body: { to: 'group:default/ledger' },
      }),
    );
  });

  it('gives up on what remains, with a reason', async () => {
    const api = open(
      {
        ...of({ state: 'destroy_incomplete' }),
        forget: async () => ({ id: REQUEST, state: 'forgotten' }),
      },
      { part: '/access' },
    );
    await press('Give up on it');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Reason/ }),
      'The host is gone',
    );
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Give up on it',
      }),
    );
    await waitFor(() =>
      expect(api.forget).toHaveBeenCalledWith({
        id: REQUEST,
        body: { reason: 'The host is gone' },
      }),
    );
  });
});
