import { storageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refusedBy } from '@fawkes/kit-ui/testUtils';
import { aChange, aPreview, CHANGE, ENTITY } from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { renderPages } from '../../__testUtils__/renderPages';

const SHA = 'a'.repeat(40);
const AT = `/changes/new?entity=${encodeURIComponent(ENTITY)}`;

function open(over: Answers = {}, storage = mockApis.storage()) {
  const api = aPortal({
    createChange: async () => aChange({ state: 'draft' }),
    submitChange: async () => aChange(),
    ...over,
  });
  const page = renderPages({
    api,
    at: AT,
    apis: [[storageApiRef, storage]],
  });
  return { api, page, storage };
}

async function choose(environment: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: /Where it is to go/ }),
  );
  await userEvent.click(
    await screen.findByRole('option', { name: environment }),
  );
}
const type = async (name: RegExp, text: string) =>
  userEvent.type(await screen.findByRole('textbox', { name }), text);
const send = () =>
  userEvent.click(screen.getByRole('button', { name: 'Send the request' }));

describe('requesting a change', () => {
  it('shows the risk while one types, sends once, and leads to the change', async () => {
    const { api, storage } = open();
    await choose('test');
    expect(await screen.findByText('66.0 of 100')).toBeVisible();
    expect(
      screen.getByText('2 votes of Change Board would be needed.'),
    ).toBeVisible();
    await type(/^Commit/, SHA);
    await type(/^What changes/, 'Mend refunds');
    await type(/^Why/, 'Booked twice');
    await type(/^How to go back/, 'Switch it off');
    await send();
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        `/changes/${CHANGE}`,
      ),
    );
    expect(api.createChange.mock.calls).toEqual([
      [
        {
          body: {
            entityRef: ENTITY,
            environment: 'test',
            headSha: SHA,
            title: 'Mend refunds',
            description: '## Why\nBooked twice\n\n## Way back\nSwitch it off',
            window: null,
          },
        },
      ],
    ]);
    expect(api.submitChange.mock.calls).toEqual([
      [{ id: CHANGE, body: { revision: 1 } }],
    ]);
    // The commit is part of the question once it is one.
    expect(api.previewRisk.mock.calls.at(-1)?.[0].body.headSha).toBe(SHA);
    expect(storage.forBucket('cab.drafts').snapshot(ENTITY).value).toBe(
      undefined,
    );
  });

  it('declares an emergency, and says who is asked then', async () => {
    const { api } = open();
    await choose('test');
    await type(/^Commit/, SHA);
    await type(/^What changes/, 'Mend refunds');
    expect(screen.queryByText(/The emergency board is asked/)).toBeNull();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'It is an emergency' }),
    );
    expect(screen.getByText(/The emergency board is asked/)).toBeVisible();
    await send();
    await waitFor(() =>
      expect(api.createChange.mock.calls.at(-1)?.[0].body.type).toBe(
        'emergency',
      ),
    );
  });

  it('keeps what was typed over a reload, and can be emptied', async () => {
    const { page, storage } = open();
    await type(/^What changes/, 'Half a sentence');
    page.unmount();
    open({}, storage as never);
    expect(await screen.findByDisplayValue('Half a sentence')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Empty the form' }),
    );
    expect(screen.queryByDisplayValue('Half a sentence')).toBeNull();
  });

  it('says what is wrong, and leads to the first of it', async () => {
    const { api } = open();
    await screen.findByRole('button', { name: 'Send the request' });
    await send();
    const faults = screen.getAllByRole('alert').map(each => each.textContent);
    expect(faults).toEqual([
      'Choose where it is to go.',
      'Give the full commit: 40 or 64 of the characters 0–9 and a–f.',
      'Say what changes.',
    ]);
    expect(
      screen.getByRole('button', { name: /Where it is to go/ }),
    ).toHaveFocus();
    expect(api.createChange).not.toHaveBeenCalled();
  });

  it('says before it is sent that evidence is asked for, and leads to where it is attached', async () => {
    const { api } = open({
      previewRisk: async () =>
        aPreview({
          environmentClass: 'production',
          missingEvidence: ['tests', 'scan'],
        }),
      createChange: async () =>
        aChange({ state: 'draft', risk: null, score: null, route: null }),
      getChange: async () =>
        aChange({ state: 'draft', risk: null, score: null, route: null }),
    });
    await choose('prod-eu (production)');
    expect(await screen.findByText('prod-eu asks for evidence')).toBeVisible();
    expect(screen.getByText(/Tests, Security scan/)).toBeVisible();
    await type(/^Commit/, SHA);
    await type(/^What changes/, 'Mend refunds');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create the request' }),
    );
    expect(await screen.findByText('Draft')).toBeVisible();
    expect(
      await screen.findByRole('heading', { name: 'Evidence' }),
    ).toBeVisible();
    expect(api.createChange).toHaveBeenCalledTimes(1);
    expect(api.submitChange).not.toHaveBeenCalled();
  });

  it('leads to the one that is there already', async () => {
    const twin = await refusedBy(409, {
      name: 'ConflictError',
      message: 'twin',
      code: 'change.twin',
      params: { id: CHANGE },
    });
    open({
      createChange: async () => {
        throw twin;
      },
    });
    await choose('test');
    await type(/^Commit/, SHA);
    await type(/^What changes/, 'Mend refunds');
    await send();
    expect(
      await screen.findByRole('link', { name: 'Open the one that is there' }),
    ).toHaveAttribute('href', `/changes/${CHANGE}`);
    expect(screen.getByDisplayValue('Mend refunds')).toBeVisible();
  });

  it('leads to the draft where it could not be submitted', async () => {
    const away = await refusedBy(503, {
      name: 'ServiceUnavailableError',
      message: 'x',
    });
    open({
      submitChange: async () => {
        throw away;
      },
      getChange: async () =>
        aChange({ state: 'draft', risk: null, score: null, route: null }),
    });
    await choose('test');
    await type(/^Commit/, SHA);
    await type(/^What changes/, 'Mend refunds');
    await send();
    expect(await screen.findByText('Draft')).toBeVisible();
  });

  it('says where changes are asked for when the address names nothing', async () => {
    renderPages({ api: aPortal(), at: '/changes/new' });
    expect(
      await screen.findByText('Changes are asked for where they belong'),
    ).toBeVisible();
  });
});
