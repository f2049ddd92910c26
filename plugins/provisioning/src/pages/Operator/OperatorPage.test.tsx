import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refusedBy } from '@fawkes/kit-ui/testUtils';
import { anOperator, MY_TEAM, NOW } from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { renderPages } from '../../__testUtils__/renderPages';

beforeEach(() => localStorage.clear());

const open = (over: Answers = {}, at = '/provisioning/operator') => {
  const api = aPortal(over);
  renderPages({ api, at, allowed: true });
  return api;
};
const list = async (name: string) =>
  within(await screen.findByRole('list', { name }));

describe('the operator page', () => {
  it('is a tab beside the list, for the platform group', async () => {
    open({}, '/provisioning');
    expect(
      await screen.findByRole('link', { name: 'Operator' }),
    ).toHaveAttribute('href', '/provisioning/operator');
  });

  it('says what is stuck, and what to do by hand', async () => {
    open();
    const stuck = await list('Stuck');
    expect(stuck.getByRole('link', { name: 'shop' })).toBeVisible();
    expect(stuck.getByText('Needs a person')).toBeVisible();
    expect(stuck.getByText(/See whether the push to/)).toBeVisible();
    const left = await list('Left over');
    expect(left.getByText('Archive github.com/acme/old-shop.')).toBeVisible();
  });

  it('says who holds what, what was tried, and what exists', async () => {
    open();
    const quotas = await list('Quotas');
    expect(quotas.getByText('12 of 20')).toBeVisible();
    expect(
      await quotas.findByRole('link', { name: 'Payments Core: 12' }),
    ).toHaveAttribute(
      'href',
      `/provisioning?whose=all&owner=${encodeURIComponent(MY_TEAM)}`,
    );
    const checks = await list('Tried at start');
    expect(checks.getByText('Does not work')).toBeVisible();
    expect(checks.getByText('npm was not found on PATH.')).toBeVisible();
    expect((await list('Made from')).getByText('9 services')).toBeVisible();
    expect(screen.getByText('local-host')).toBeVisible();
    expect(screen.getAllByText('€0.02 an hour')).toHaveLength(2);
    // A library has no price: unknown, not free.
    expect(screen.getByText('unknown')).toBeVisible();
  });

  it('names each program once, with all that was tried of it', async () => {
    const check = (ok: boolean, code: string) => ({
      name: 'sandbox',
      ok,
      words: { code, params: {}, text: `It says ${code}.` },
    });
    open({
      getOperator: async () =>
        anOperator({ checks: [check(true, 'one'), check(false, 'two')] }),
    });
    const checks = await list('Tried at start');
    expect(checks.getAllByText('sandbox')).toHaveLength(1);
    expect(checks.getByText('It says one.')).toBeVisible();
    expect(checks.getByText('It says two.')).toBeVisible();
    expect(checks.getByText('Does not work')).toBeVisible();
    expect(checks.queryByText('Works')).toBeNull();
  });

  it('says of each part that there is nothing', async () => {
    open({
      getOperator: async () =>
        anOperator({
          stuck: [],
          orphans: [],
          checks: [],
          quotas: [],
          leases: [],
          templates: [],
          rateCard: null,
        }),
    });
    for (const words of [
      'Nothing is stuck.',
      'Nothing is left over.',
      'Nothing was tried: running services here is off.',
      'There are no quotas.',
      'Nobody works on anything.',
      'Nothing exists yet.',
      /^There is none, so every cost is unknown\./,
    ]) {
      expect(await screen.findByText(words)).toBeVisible();
    }
  });

  it('pauses with a reason, and says who paused it and why', async () => {
    const user = userEvent.setup();
    let paused = false;
    const api = open({
      getOperator: async () =>
        anOperator({
          paused: paused
            ? {
                reason: 'Moving house',
                by: 'user:default/mira.okafor',
                since: NOW,
              }
            : null,
        }),
      pause: async ({ body }) => {
        paused = body.paused;
        return { paused };
      },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Pause new requests' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(
      dialog.getByRole('button', { name: 'Pause new requests' }),
    );
    expect(dialog.getByRole('alert')).toBeVisible();
    expect(api.pause).not.toHaveBeenCalled();
    await user.type(dialog.getByRole('textbox'), 'Moving house');
    await user.click(
      dialog.getByRole('button', { name: 'Pause new requests' }),
    );
    await waitFor(() =>
      expect(api.pause).toHaveBeenCalledWith({
        body: { paused: true, reason: 'Moving house' },
      }),
    );
    expect(await screen.findByText('Moving house')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Take on new requests' }),
    ).toBeVisible();
  });

  it('is not for everybody', async () => {
    const error = await refusedBy(403, {
      name: 'NotAllowedError',
      message: 'no',
    });
    open({
      getOperator: async () => {
        throw error;
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see this.',
    );
  });
});
