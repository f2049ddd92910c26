import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Everything the portal itself says; plugins bring their own texts. */
export const portalTranslationRef = createTranslationRef({
  id: 'portal',
  messages: {
    nav: {
      menu: 'Menu',
      home: 'Home',
      catalog: 'Catalog',
      apis: 'APIs',
      docs: 'Docs',
      create: 'Create',
      services: 'Services',
      templates: 'Templates',
      changes: 'Changes',
      search: 'Search',
      notifications: 'Notifications',
      settings: 'Settings',
    },
    home: {
      morning: 'Good morning, {{name}}',
      afternoon: 'Good afternoon, {{name}}',
      evening: 'Good evening, {{name}}',
      morningNobody: 'Good morning',
      afternoonNobody: 'Good afternoon',
      eveningNobody: 'Good evening',
      search: 'Search everything',
      cards: 'What is going on',
    },
    firstSteps: {
      title: 'First steps',
      description: 'Ways into the portal, each one click away',
      catalog: 'See what there is',
      catalogText:
        'Services, libraries, the teams that own them and how they depend on each other.',
      catalogButton: 'Open the catalog',
      delivery: 'See how delivery goes',
      deliveryText:
        'How often changes reach users, how long they take and where they wait.',
      deliveryButton: 'Open delivery',
      register: 'Bring in your software',
      registerText:
        'Point the portal at a repository; it takes care of the rest.',
      registerButton: 'Register',
      create: 'Start something new',
      createText:
        'A repository with pipeline, docs and ownership, from a template.',
      createButton: 'Create',
      docs: 'Read up',
      docsText: 'The documentation of this portal and of everything in it.',
      docsButton: 'Read the docs',
      sample:
        'You are looking at an invented organisation and an invented year. npm run story:remove takes the year away; the organisation is one entry of catalog.locations in app-config.yaml.',
    },
    signIn: {
      title: 'Sign in to {{app}}',
      loading: 'Signing in',
      developmentTitle: 'Who would you like to be?',
      developmentText:
        'This portal runs in development mode. Choose one of the people of the sample organisation; no password is asked.',
      notLoaded:
        '{{name}} is not in the catalog yet. After the first start the sample organisation takes a few seconds to load. Try again.',
      failed: 'Signing in as {{name}} did not work: {{reason}}',
      with: 'Sign in with {{provider}}',
      providerFailed: 'Signing in with {{provider}} did not work: {{reason}}',
      oidc: 'your organisation',
      noWayTitle: 'No way to sign in is configured',
      noWayText:
        'Name at least one provider under app.signIn.providers (github or oidc), and configure it under auth.providers with a sign-in resolver. app-config.production.yaml shows both.',
      unreachableTitle: 'The portal’s backend does not answer',
      unreachableText: 'Nobody can sign in until it does: {{reason}}',
      again: 'Try again',
    },
  },
  translations: {
    de: () => import('./translations/de'),
  },
});
