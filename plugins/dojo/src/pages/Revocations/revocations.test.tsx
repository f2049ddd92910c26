import type { Revocation } from '@fawkes/backstage-plugin-dojo-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NOW } from '../../__testUtils__/answers';
import { renderDojo } from '../../__testUtils__/renderDojo';

const ID = '0123456789abcdef'.repeat(2);
const REASON = 'Evidence was forged, see the minutes';

const aRevocation = (more: Partial<Revocation> = {}): Revocation => ({
  id: 'r1',
  belt: 'white',
  awardedAt: NOW,
  reason: REASON,
  proposedBy: 'user:default/ada',
  proposedAt: NOW,
  confirmedBy: null,
  confirmedAt: null,
  mayConfirm: true,
  ...more,
});

const open = (items: Revocation[], more = {}) =>
  renderDojo('/dojo/revocations', {
    listRevocations: async () => ({ items }),
    ...more,
  });

describe('taking awards back', () => {
  it('is proposed by the address of a certificate and with a reason', async () => {
    const proposeRevocation = jest.fn(async (_: { body: object }) => ({
      id: 'r1',
    }));
    open([], { proposeRevocation });
    const send = await screen.findByRole('button', {
      name: 'Propose to take it back',
    });
    await userEvent.click(send);
    expect(screen.getByRole('alert')).toHaveTextContent(/ends with 32 digits/);
    expect(proposeRevocation).not.toHaveBeenCalled();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Certificate/ }),
      `https://portal.example.org/api/dojo/public/credentials/${ID}`,
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: /Reason/ }),
      REASON,
    );
    await userEvent.click(send);
    expect(await screen.findByText(/^Proposed\./)).toBeVisible();
    expect(proposeRevocation.mock.calls[0][0].body).toEqual({
      credential: ID,
      reason: REASON,
    });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('is confirmed by another person, who is asked once more', async () => {
    const confirmRevocation = jest.fn(async () => undefined);
    open([aRevocation(), aRevocation({ id: 'r2', mayConfirm: false })], {
      confirmRevocation,
    });
    const [first, second] = await screen.findAllByText(
      'Waits for a second person: white',
    );
    expect(
      within(second.closest('li')!).getByText(/You proposed it/),
    ).toBeVisible();
    await userEvent.click(
      within(first.closest('li')!).getByRole('button', { name: 'Confirm' }),
    );
    expect(confirmRevocation).not.toHaveBeenCalled();
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Take it back',
      }),
    );
    await waitFor(() => expect(confirmRevocation).toHaveBeenCalledTimes(1));
  });

  it('stays in the list, with both people, and with nobody asked again', async () => {
    open([
      aRevocation({
        confirmedBy: 'user:default/bob',
        confirmedAt: NOW,
        mayConfirm: false,
      }),
    ]);
    const entry = (await screen.findByText('Taken back: white')).closest('li')!;
    expect(entry).toHaveTextContent(/Proposed by ada/);
    expect(entry).toHaveTextContent(/Confirmed by bob/);
    expect(within(entry).queryByRole('button')).not.toBeInTheDocument();
  });
});
