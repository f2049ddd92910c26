import { EntityProvider } from '@backstage/plugin-catalog-react';
import { say } from '@fawkes/backstage-plugin-cab-common';
import { findUntranslated } from '@fawkes/kit-ui/testUtils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aCalendar,
  aChange,
  anException,
  aSummary,
  aVote,
  CHANGE,
  ENTITY,
  NOW,
} from '../dev/builders';
import { aPortal, type Answers } from './__testUtils__/fakeApi';
import { renderPages, type PageOptions } from './__testUtils__/renderPages';
import { EntityChanges } from './entity';
import { WaitingForMe, WaitingForMeTitle } from './home';
import de from './translations/de';
import { evidenceMessages } from './translations/evidenceMessages';
import { exceptionMessages } from './translations/exceptionMessages';
import { pageMessages } from './translations/pageMessages';
import { termMessages } from './translations/termMessages';
import { wordMessages } from './translations/words';

/** English of ours that can be read or heard. */
const english = findUntranslated(
  {
    ...pageMessages,
    ...evidenceMessages,
    ...exceptionMessages,
    ...termMessages,
    ...wordMessages,
  },
  de,
);

const open = (over: Answers, options: Partial<PageOptions>) =>
  renderPages({ api: aPortal(over), language: 'de', ...options });
const AT = `/changes/${CHANGE}`;

it.each<[string, string, Answers]>([
  [
    '/changes',
    'Wartet auf dich',
    {
      getWaiting: async () => ({ asOf: NOW, items: [aSummary()], more: true }),
    },
  ],
  ['/changes', 'Alle Änderungen', {}],
  ['/changes/calendar?from=2026-12-01', 'Sperrzeiten', {}],
  [
    '/changes/calendar',
    'Wartungsfenster',
    {
      getCalendar: async () =>
        aCalendar({ periods: [], changes: [], more: true }),
    },
  ],
  [
    '/changes',
    'Ausnahmen',
    {
      getExceptions: async () => ({
        asOf: NOW,
        items: [
          anException({
            justification: 'Es brennt',
            controls: [],
            decided: null,
            mine: { decide: null, end: null },
          }),
        ],
        nextCursor: null,
      }),
    },
  ],
  [AT, 'Darf das ausgeliefert werden?', {}],
  [
    AT,
    'Wer entscheidet',
    {
      getChange: async () =>
        aChange({
          state: 'approved',
          next: say('next.start', { until: NOW }),
          expiresAt: NOW,
          gate: {
            verdict: 'allow',
            reasonCode: 'APPROVED',
            reason: say('gate.APPROVED'),
            expiresAt: NOW,
            retryAt: null,
          },
          votes: [
            aVote({ reason: 'Geprobt' }),
            aVote({
              id: 'v2',
              state: 'void',
              reason: null,
              why: say('void.round'),
            }),
          ],
        }),
    },
  ],
])('%s says "%s" and no English', async (at, heading, over) => {
  open(over, { at });
  expect(await screen.findByRole('heading', { name: heading })).toBeVisible();
  await screen.findAllByText(/\d\d:\d\d/);
  expect(english()).toEqual([]);
});

it('asks in German', async () => {
  open({}, { at: `/changes/new?entity=${encodeURIComponent(ENTITY)}` });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Antrag senden' }),
  );
  expect(screen.getByText('Wähle, wohin sie soll.')).toBeVisible();
  expect(english()).toEqual([]);
});

it('says in German what nobody may, and that there is nothing', async () => {
  open(
    { getChanges: async () => ({ asOf: NOW, items: [], nextCursor: null }) },
    {
      allowed: false,
      element: (
        <EntityProvider
          entity={{
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'System',
            metadata: { name: 'unowned', namespace: 'default' },
          }}
        >
          <EntityChanges />
        </EntityProvider>
      ),
    },
  );
  expect(
    await screen.findByText(/^Im Katalog gehört es niemandem/),
  ).toBeVisible();
  expect(english()).toEqual([]);
});

it('has a card in German', async () => {
  open(
    {},
    {
      element: (
        <>
          <WaitingForMeTitle />
          <WaitingForMe />
        </>
      ),
    },
  );
  expect(await screen.findByText('Nichts wartet auf dich')).toBeVisible();
  expect(english()).toEqual([]);
});
