import { type Place, shows } from '../support/places';
import { expect } from '../support/test';
import type { Portal } from '../support/portal';
import { Provisioning } from './support/provisioning';

/** The service whose pages are looked at; `settled` makes it. */
export const SHOWN = {
  name: 'gift-cards',
  by: { person: 'mira', group: 'group:default/payments-core' },
} as const;

async function pathOfShown(portal: Portal): Promise<string> {
  const found = (await new Provisioning(portal).requests()).find(
    ({ name, state }) => name === SHOWN.name && state !== 'destroyed',
  );
  if (!found) throw new Error(`${SHOWN.name} is not there`);
  return `/provisioning/requests/${found.id}`;
}

/** A page of the service that is shown. */
const ofShown =
  (part: string, what: string | RegExp): Place['open'] =>
  async (page, portal) =>
    shows(page, `${await pathOfShown(portal)}${part}`, what);

/** The pages of the provisioning plugin. */
export const places: readonly Place[] = [
  {
    name: 'provisioning',
    open: async page => {
      await shows(page, '/provisioning', 'Services');
      await expect(page.getByText(SHOWN.name).first()).toBeVisible();
    },
    opens: ['Mine and my groups’'],
  },
  {
    name: 'new-service',
    open: page => shows(page, '/provisioning/new', 'New service'),
  },
  {
    name: 'request',
    open: ofShown('', 'What exists because of it'),
    opens: ['Deploy'],
  },
  { name: 'releases', open: ofShown('/releases', 'Releases') },
  { name: 'logs', open: ofShown('/logs', 'Service log') },
  { name: 'changes', open: ofShown('/changes', 'What was asked for') },
  { name: 'access', open: ofShown('/access', 'Who may do what') },
  { name: 'update', open: ofShown('/update', /^Update /) },
  { name: 'destroy', open: ofShown('/destroy', 'What goes') },
  {
    name: 'service-tab',
    open: page =>
      shows(
        page,
        `/catalog/default/component/${SHOWN.name}/provisioning`,
        'Running service',
      ),
  },
  {
    name: 'service-delivery',
    open: page =>
      shows(
        page,
        `/catalog/default/component/${SHOWN.name}/delivery`,
        'Deployments',
      ),
  },
  {
    name: 'operator',
    person: 'lena',
    open: page => shows(page, '/provisioning/operator', 'Quotas'),
    opens: ['Pause new requests'],
  },
];
