import { expect } from '@playwright/test';
import { type Place, shows } from '../support/places';
import { sampleChanges, TITLES } from './support';

/** The pages of change approval. */
export const places: readonly Place[] = [
  {
    name: 'changes',
    person: 'adaeze',
    open: page => shows(page, '/changes', 'All changes'),
  },
  {
    name: 'change',
    person: 'adaeze',
    async open(page, portal) {
      const changes = await sampleChanges(portal);
      const waiting = changes.find(({ title }) => title === TITLES.waiting);
      await shows(page, `/changes/${waiting?.id}`, 'May this ship?');
    },
  },
  {
    name: 'change-new',
    open: async page => {
      await shows(
        page,
        '/changes/new?entity=component%3Adefault%2Fledger',
        'What the risk would be',
      );
      await expect(
        page.getByRole('button', { name: 'Send the request' }),
      ).toBeVisible();
    },
  },
  {
    name: 'calendar',
    open: page => shows(page, '/changes/calendar', 'Maintenance windows'),
  },
  {
    name: 'entity-changes',
    open: page =>
      shows(
        page,
        '/catalog/default/component/ledger/changes',
        'Request a change',
      ),
  },
];
