import { say } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDestruction,
  allowances,
  aRequest,
  commit,
  REQUEST,
  RUN,
} from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { conflict } from '../../__testUtils__/refused';
import { renderPages } from '../../__testUtils__/renderPages';

beforeEach(() => localStorage.clear());

const AT = `/provisioning/requests/${REQUEST}`;
const open = (over: Answers = {}) => {
  const api = aPortal({
    destroy: async () => ({ id: REQUEST, runId: RUN, state: 'destroying' }),
    ...over,
  });
  renderPages({ api, at: `${AT}/destroy` });
  return api;
};
const doIt = () => screen.findByRole('button', { name: 'Take down shop' });
const name = () => screen.findByRole('textbox', { name: /Type shop/ });
const dependant = {
  code: 'dependant.api',
  params: {},
  text: 'checkout uses its API',
};

describe('taking down', () => {
  it.each([
    ['as they were made', aRequest().things],
    ['the last first', [...aRequest().things].reverse()],
  ])(
    'lists what goes in the order in which it goes, told %s, and not that it could be undone',
    async (_, goes) => {
      open({ getDestruction: async () => aDestruction({ goes }) });
      const list = await screen.findByRole('list', { name: 'What goes' });
      const items = within(list).getAllByRole('listitem');
      expect(items).toHaveLength(3);
      expect(items[0]).toHaveTextContent(/Service shop on this computer/);
      expect(items[2]).toHaveTextContent(/Repository portal\.local/);
      expect(items[2]).toHaveTextContent('The repository is deleted');
      expect(list).not.toHaveTextContent('Can be undone');
    },
  );

  it('lists what goes, what stays and why, and needs the name', async () => {
    const user = userEvent.setup();
    const api = open({
      getDestruction: async () =>
        aDestruction({
          othersCommits: [
            { commit: commit('a'), author: 'Jo', subject: 'Add a cart' },
          ],
        }),
    });
    const goes = within(await screen.findByRole('list', { name: 'What goes' }));
    expect(goes.getAllByRole('listitem')).toHaveLength(3);
    const stays = within(
      screen.getByRole('list', { name: 'What stays, and why' }),
    );
    expect(stays.getByText('It cannot be taken back')).toBeVisible();
    expect(screen.getByText('Add a cart')).toBeVisible();
    expect(screen.getByText('1 commit of others goes with it')).toBeVisible();

    expect(await doIt()).toBeDisabled();
    await user.type(await name(), 'Shop');
    expect(await doIt()).toBeDisabled();
    await user.clear(await name());
    await user.type(await name(), 'shop{Enter}');
    await waitFor(() =>
      expect(api.destroy).toHaveBeenCalledWith({
        id: REQUEST,
        body: { confirm: 'shop', force: false, purge: false },
      }),
    );
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(AT),
    );
    expect(screen.getByLabelText('address')).not.toHaveTextContent('destroy');
  });

  it('names who depends on it, and goes by force for the platform group only', async () => {
    const user = userEvent.setup();
    const api = open({
      getDestruction: async () => aDestruction({ dependants: [dependant] }),
    });
    expect(await screen.findByText('checkout uses its API')).toBeVisible();
    await user.type(await name(), 'shop');
    expect(await doIt()).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: /though others/ }));
    await user.click(await doIt());
    await waitFor(() =>
      expect(api.destroy.mock.calls[0][0].body.force).toBe(true),
    );
  });

  it('is refused to the owner while others depend on it', async () => {
    open({
      getRequest: async () =>
        aRequest({ allowances: allowances({ force: 'denied.role' }) }),
      getDestruction: async () => aDestruction({ dependants: [dependant] }),
    });
    expect(await screen.findByText('This is not yours to do')).toBeVisible();
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(await doIt()).toBeDisabled();
  });

  it('says who may where one may not', async () => {
    open({
      getRequest: async () =>
        aRequest({
          allowances: allowances({
            destroy: 'denied.role',
            force: 'denied.role',
          }),
        }),
    });
    expect(await screen.findByText('You cannot take it down')).toBeVisible();
    expect(await screen.findByText(/Members of Payments Core/)).toBeVisible();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('stays and says why it was refused', async () => {
    const user = userEvent.setup();
    const refusal = await conflict('HAS_DEPENDANTS', {
      details: { dependants: [say('who.platform')] },
    });
    open({
      destroy: async () => {
        throw refusal;
      },
    });
    await user.type(await name(), 'shop');
    await user.click(await doIt());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('It was not taken down');
    expect(alert).toHaveTextContent('Others depend on it.');
    expect(alert).toHaveTextContent('The platform group');
  });

  it('leads to the request where it is taken down already', async () => {
    open({ getRequest: async () => aRequest({ state: 'destroyed' }) });
    expect(
      await screen.findByRole('link', { name: 'Look at it' }),
    ).toHaveAttribute('href', AT);
  });
});
