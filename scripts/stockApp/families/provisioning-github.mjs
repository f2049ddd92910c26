// The GitHub module: the form offers the organisation that is allowed, and what would happen there. Nothing is sent: what
// the module does on GitHub is tried against a stand-in by its own tests.
export const packages = {
  app: ['plugins/provisioning'],
  backend: [
    'plugins/provisioning-backend',
    'plugins/scaffolder-backend-module-service',
    'plugins/provisioning-backend-module-github',
  ],
};

/** Every line somebody has to write. The frontend finds its plugin by itself. */
export const lines = [
  "backend.add(import('@fawkes/backstage-plugin-provisioning-backend'));",
  "backend.add(import('@fawkes/backstage-plugin-scaffolder-backend-module-service'));",
  "backend.add(import('@fawkes/backstage-plugin-provisioning-backend-module-github'));",
];

const PLACE = 'github.com/acme';

/** A token that is good for nothing: nobody is asked with it. */
export const settings = () => ({
  integrations: { github: [{ host: 'github.com', token: 'of-no-use' }] },
  provisioning: { github: { allowed: [PLACE] } },
});

/** Answers where the form would make a repository. */
export async function prove({ openAsGuest }) {
  const page = await openAsGuest('/provisioning/new');
  const github = page.getByRole('radio', { name: /GitHub/ });
  await github.check({ timeout: 60_000 });
  await page.getByRole('button', { name: /Organisation/ }).click();
  await page.getByRole('option', { name: PLACE, exact: true }).click();
  return [`The form offers a repository in ${PLACE}.`];
}
