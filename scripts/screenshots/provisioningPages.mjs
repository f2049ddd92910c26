import { setTimeout as pause } from 'node:timers/promises';

/** The service whose pages are shown; it is made where there is none. */
const NAME = 'gift-cards';
const OWNER = 'group:default/payments-core';

/** A busy computer takes so long to install and start it, ms. */
const HEALTHY_MS = 240_000;

async function make(ask, person) {
  const { items } = await ask('provisioning', '/templates', { person });
  const { name, version, treeHash, type, language, ci } = items.find(
    template => template.name === 'node-api',
  );
  const { id } = await ask('provisioning', '/requests', {
    person,
    body: {
      kind: 'service',
      name: NAME,
      spec: {
        schemaVersion: 1,
        template: { name, version, treeHash },
        ...{ type, language, ci },
        owner: OWNER,
        title: 'Gift cards',
        description: 'Sells and redeems gift cards',
        repository: { host: 'local' },
      },
    },
  });
  return id;
}

/** The id of a service that runs. */
async function running(ask, person) {
  const { items } = await ask('provisioning', '/requests', { person });
  const there = items.find(
    ({ name, state }) => name === NAME && state !== 'destroyed',
  );
  const id = there?.id ?? (await make(ask, person));
  const deadline = Date.now() + HEALTHY_MS;
  for (;;) {
    const request = await ask('provisioning', `/requests/${id}`, { person });
    if (request.state === 'ready') return id;
    if (request.state === 'failed' || Date.now() > deadline) {
      throw new Error(`${NAME} is ${request.state}: ${request.reason?.text}`);
    }
    await pause(1_000);
  }
}

/** Fills the form in as far as it answers. */
async function fillIn(page) {
  await page.getByRole('radio', { name: /^API in Node\.js / }).check();
  await page.getByRole('textbox', { name: /^Name/ }).fill('wishlist');
  await page.getByRole('button', { name: /Owner/ }).click();
  await page.getByRole('option', { name: 'Payments Core' }).click();
  await page
    .getByRole('textbox', { name: /^Description/ })
    .fill('Keeps what people would like to have');
  await page.getByText('wishlist is free').waitFor();
}

/** The pages of provisioning, with a service of this person. */
export async function provisioningPages(ask, person) {
  const request = `/provisioning/requests/${await running(ask, person)}`;
  return [
    {
      name: 'new-service',
      path: '/provisioning/new',
      person,
      heading: 'New service',
      fillIn,
    },
    {
      name: 'request',
      path: request,
      person,
      heading: 'What exists because of it',
    },
    {
      name: 'destroy',
      path: `${request}/destroy`,
      person,
      heading: 'What goes',
    },
  ];
}
