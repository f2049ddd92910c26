import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ANNOTATION_PROVISIONING_REQUEST,
  CONFLICT_CODES,
  UNPROCESSABLE_CODES,
} from '@fawkes/backstage-plugin-provisioning-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  allowances,
  anOpenRevision,
  anOperator,
  aPlan,
  aRequest,
  aRevision,
  aRun,
  aService,
  aThing,
  effectsUpTo,
  NOW,
  REQUEST,
} from '../dev/builders';
import { aPortal, type Answers } from './__testUtils__/fakeApi';
import { everyWord, notGerman } from './__testUtils__/german';
import { conflict } from './__testUtils__/refused';
import { renderPages, type PageOptions } from './__testUtils__/renderPages';
import { Refused } from './components/access';
import { EntityProvisioning } from './entity';
import { MyRequests, MyRequestsTitle } from './home';
import { QueryProvider } from './hooks';

beforeEach(() => localStorage.clear());

const AT = `/provisioning/requests/${REQUEST}`;
const open = (over: Answers, options: Partial<PageOptions>) =>
  renderPages({ api: aPortal(over), language: 'de', ...options });
const heading = (name: string) => screen.findByRole('heading', { name });
/** Once the titles of what is shown are there too. */
const settled = () => screen.findAllByText('Payments Core');
const said = { code: 'x', params: {}, text: '–' };

describe('in German', () => {
  it('a request says every word of the backend', async () => {
    const words = everyWord();
    open(
      {
        getRequest: async () => aRequest({ findings: words }),
        getRevisions: async () => ({ asOf: NOW, items: [aRevision()] }),
      },
      { at: AT },
    );
    await heading('Was es deswegen gibt');
    await settled();
    expect(notGerman(words)).toEqual([]);
  });

  it.each<[string, string, Answers]>([
    ['/provisioning', 'Dienste', {}],
    [`${AT}/releases`, 'Releases', {}],
    [`${AT}/logs`, 'Build-Protokoll', {}],
    [
      `${AT}/changes`,
      'Änderung auf Stand 2',
      {
        getRevisions: async () => ({
          asOf: NOW,
          items: [anOpenRevision(), aRevision()],
        }),
      },
    ],
    [
      `${AT}/access`,
      'Wer was darf',
      {
        getRequest: async () =>
          aRequest({
            state: 'destroy_incomplete',
            allowances: allowances({ forget: 'denied.role' }),
          }),
      },
    ],
    [`${AT}/update`, 'Shop ändern', {}],
  ])('%s', async (at, title, over) => {
    open(over, { at });
    await screen.findAllByRole('heading', { name: title });
    await settled();
    expect(notGerman()).toEqual([]);
  });

  it('taking it down', async () => {
    open({}, { at: `${AT}/destroy` });
    await heading('Was verschwindet');
    expect(notGerman()).toEqual([]);
  });

  it('the operator page', async () => {
    open(
      { getOperator: async () => anOperator({ stuck: [], orphans: [] }) },
      { at: '/provisioning/operator' },
    );
    await heading('Preisliste');
    expect(notGerman()).toEqual([]);
  });

  it('a run that goes on, and one that failed', async () => {
    const run = aRun({ state: 'running', cancelAsked: true });
    open(
      {
        getRequest: async () =>
          aRequest({
            state: 'running',
            run,
            things: [aThing()],
            service: aService({ state: 'stopped', reason: 'limit' }),
          }),
        getEffects: async () => ({
          asOf: NOW,
          runs: [run, aRun({ id: 'b', kind: 'deploy', state: 'failed' })],
          items: effectsUpTo(3),
        }),
      },
      { at: AT },
    );
    await screen.findByText('Er wird abgebrochen');
    await settled();
    expect(notGerman()).toEqual([]);
  });

  it('the form with its faults, and the plan', async () => {
    const user = userEvent.setup();
    open(
      { plan: async () => aPlan({ obstacles: [said] }) },
      { at: '/provisioning/new' },
    );
    await user.click(await screen.findByRole('radio', { name: /Node API/ }));
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'Shop');
    await user.click(
      screen.getByRole('button', { name: 'Ansehen, was geschehen würde' }),
    );
    await screen.findByText('3 Felder sind noch zu berichtigen.');
    expect(notGerman()).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'shop nehmen' }));
    await user.click(screen.getByRole('button', { name: /Eigentümer/ }));
    await user.click(
      await screen.findByRole('option', { name: 'Payments Core' }),
    );
    await user.type(screen.getByRole('textbox', { name: /^Beschr/ }), 'Nimmt');
    await user.click(screen.getByRole('radio', { name: /Auf diesem Portal/ }));
    await screen.findByText('shop ist frei');
    await user.click(
      screen.getByRole('button', { name: 'Ansehen, was geschehen würde' }),
    );
    await heading('Was für shop geschehen würde');
    expect(notGerman()).toEqual([]);
  });

  it.each([...CONFLICT_CODES, ...UNPROCESSABLE_CODES])(
    'why it was refused: %s',
    async code => {
      const error = await conflict(code, { state: 'updating' });
      open(
        {},
        {
          element: (
            <QueryProvider>
              <Refused error={error} />
            </QueryProvider>
          ),
        },
      );
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Das ging nicht',
      );
      expect(notGerman()).toEqual([]);
    },
  );

  it('the tab of a component and the card of the home page', async () => {
    open(
      {},
      {
        element: (
          <>
            <EntityProvider
              entity={{
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: {
                  name: 'shop',
                  annotations: { [ANNOTATION_PROVISIONING_REQUEST]: REQUEST },
                },
              }}
            >
              <EntityProvisioning />
            </EntityProvider>
            <MyRequestsTitle />
            <MyRequests />
          </>
        ),
      },
    );
    await screen.findByText('Unverändert');
    await screen.findByText('1 Anfrage');
    expect(screen.getByText('Meine Anfragen und Dienste')).toBeVisible();
    expect(notGerman()).toEqual([]);
  });
});
