import { untilMapped } from '../lib/untilMapped.mjs';
import { provisioningPages } from './provisioningPages.mjs';

/** Everything the pictures show belongs to this service of the sample organisation. */
const SERVICE = 'component:default/payments-api';

/** Somebody who owns it. */
const OWNER = 'user:default/mira.okafor';

/** Somebody who looks after the portal, and sees what the intake has to tell. */
const PLATFORM = 'user:default/lena.hofmann';

/**
 * The pages to take pictures of. `ask` asks the API of a plugin; the deployment shown is the newest one that got
 * through, failed, and was mended, because it has the most to tell.
 */
export async function findPages(ask) {
  const get = (path, query) => ask('delivery', path, { query });
  if (!(await untilMapped(get))) {
    throw new Error('The catalog does not know the services of the story');
  }
  const { items } = await get('/deployments', {
    scope: SERVICE,
    failed: 'true',
    limit: '20',
  });
  const deployment =
    items.find(item => item.status === 'success' && item.recoveredAt) ??
    items[0];
  const { changes } = await get(
    `/deployments/${encodeURIComponent(deployment.key)}`,
  );
  const change = changes.find(({ pullRequest }) => pullRequest) ?? changes[0];
  const tab = '/catalog/default/component/payments-api/delivery';
  return [
    { name: 'sign-in', path: '/', heading: 'Who would you like to be?' },
    { name: 'home', path: '/', person: OWNER, heading: 'My services' },
    {
      name: 'dora',
      path: '/delivery',
      person: OWNER,
      heading: 'How do you compare?',
    },
    {
      name: 'delivery-tab',
      path: tab,
      person: OWNER,
      heading: 'Deployment river',
    },
    {
      name: 'deployment',
      path: `/delivery/deployments/${encodeURIComponent(deployment.key)}`,
      person: OWNER,
      heading: 'Is this right?',
    },
    {
      name: 'change',
      path: `/delivery/changes/${encodeURIComponent(change.key)}`,
      person: OWNER,
      heading: 'Where it went',
    },
    {
      name: 'quality',
      path: '/delivery/quality',
      person: PLATFORM,
      heading: 'Rejected events',
    },
    ...(await provisioningPages(ask, OWNER)),
  ];
}
