import { type Place, shows } from '../support/places';
import { Delivery } from './support/delivery';

const PAYMENTS = 'component:default/payments-api';

async function newestFailure(delivery: Delivery): Promise<string> {
  const { items } = await delivery.read<{ items: { key: string }[] }>(
    '/deployments',
    { scope: PAYMENTS, failed: 'true', limit: '1' },
  );
  return items[0].key;
}

/** A change of a new deployment; some bring none, and the story is another every day. */
async function newChange(delivery: Delivery): Promise<string> {
  const { items } = await delivery.read<{ items: { key: string }[] }>(
    '/deployments',
    { scope: PAYMENTS, limit: '50' },
  );
  for (const { key } of items) {
    const { changes } = await delivery.read<{ changes: { key: string }[] }>(
      `/deployments/${encodeURIComponent(key)}`,
    );
    if (changes.length > 0) return changes[0].key;
  }
  throw new Error('None of the last 50 deployments brought a change');
}

/** The pages of the delivery plugin. */
export const places: readonly Place[] = [
  {
    name: 'dora',
    open: page => shows(page, '/delivery', 'How do you compare?'),
    opens: ['Export', 'Share', 'Definitions', 'Choose dates', 'Sample data'],
  },
  {
    name: 'delivery-tab',
    open: page =>
      shows(
        page,
        '/catalog/default/component/payments-api/delivery',
        'What the shapes mean',
      ),
    opens: ['Definitions', 'Choose dates', 'Sample data'],
  },
  {
    name: 'first-steps',
    open: page =>
      shows(
        page,
        '/catalog/default/component/carrier-invoicing/delivery',
        /^First steps/,
      ),
  },
  {
    name: 'deployment',
    open: async (page, portal) =>
      shows(
        page,
        `/delivery/deployments/${await newestFailure(new Delivery(portal))}`,
        'Is this right?',
      ),
    opens: ['This is wrong'],
  },
  {
    name: 'change',
    open: async (page, portal) => {
      const delivery = new Delivery(portal);
      const change = await newChange(delivery);
      await shows(page, `/delivery/changes/${change}`, 'Where it went');
    },
    opens: [],
  },
  {
    name: 'quality',
    // Who runs the portal may do the most there.
    person: 'lena',
    open: page => shows(page, '/delivery/quality', 'Rejected events'),
    opens: ['Payload as it came'],
  },
];
