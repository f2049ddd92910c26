import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  allowances,
  aRequest,
  aTemplate,
  digest,
  REQUEST,
  RUN,
  someTemplates,
} from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { conflict } from '../../__testUtils__/refused';
import { renderPages } from '../../__testUtils__/renderPages';

beforeEach(() => localStorage.clear());

const AT = `/provisioning/requests/${REQUEST}`;
const open = (over: Answers = {}) => {
  const api = aPortal({
    createRequest: async () => ({
      id: REQUEST,
      runId: RUN,
      state: 'updating',
      specDigest: digest('4'),
    }),
    ...over,
  });
  renderPages({ api, at: `${AT}/update` });
  return api;
};
const newer = async () =>
  someTemplates({
    items: [aTemplate({ version: '1.1.0', treeHash: digest('e') })],
  });

describe('an update', () => {
  it('begins with how it is, and replaces that and nothing else', async () => {
    const user = userEvent.setup();
    const api = open({ getTemplates: newer });
    const description = await screen.findByRole('textbox', {
      name: /^Description/,
    });
    expect(description).toHaveValue('Takes orders');
    expect(
      screen.getByText('node-api goes from 1.0.0 to 1.1.0 with it'),
    ).toBeVisible();
    expect(screen.queryByRole('textbox', { name: /^Name/ })).toBeNull();
    await user.type(description, ' and returns');
    await user.click(
      screen.getByRole('button', { name: 'See what would happen' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Propose this update' }),
    );
    await waitFor(() =>
      expect(api.createRequest).toHaveBeenCalledWith({
        body: expect.objectContaining({
          mode: 'update',
          name: 'shop',
          ifDigest: digest('1'),
          expectedPlanDigest: digest('2'),
          spec: expect.objectContaining({
            description: 'Takes orders and returns',
            template: {
              name: 'node-api',
              version: '1.1.0',
              treeHash: digest('e'),
            },
          }),
        }),
      }),
    );
    await waitFor(() =>
      expect(screen.getByLabelText('address')).not.toHaveTextContent('update'),
    );
  });

  it('says that somebody else was faster', async () => {
    const user = userEvent.setup();
    const refusal = await conflict('STALE_DIGEST');
    open({
      createRequest: async () => {
        throw refusal;
      },
    });
    await user.click(
      await screen.findByRole('button', { name: 'See what would happen' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Propose this update' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Somebody changed it while you filled in the form.',
    );
  });

  it('keeps the present template where it is no longer offered', async () => {
    open({ getTemplates: async () => someTemplates({ items: [] }) });
    expect(
      await screen.findByText(/no longer offers the template/),
    ).toBeVisible();
  });

  it('says which field is wrong', async () => {
    const user = userEvent.setup();
    const api = open();
    await user.clear(
      await screen.findByRole('textbox', { name: /^Description/ }),
    );
    await user.click(
      screen.getByRole('button', { name: 'See what would happen' }),
    );
    expect(await screen.findByText('This is needed.')).toBeVisible();
    expect(api.plan).not.toHaveBeenCalled();
  });

  it('says why it cannot be updated now', async () => {
    open({
      getRequest: async () =>
        aRequest({ allowances: allowances({ update: 'denied.role' }) }),
    });
    expect(await screen.findByText('You cannot update it now')).toBeVisible();
    expect(screen.getByText('This is not yours to do')).toBeVisible();
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});
