'use strict';

/**
 * The import rules of docs/architecture.md as lint: which room may know which.
 * Every package's .eslintrc.js hands its folder and room to this function.
 */
const createConfig = require('@backstage/cli/config/eslint-factory');

/** Only kit-ui: two copies would be two contexts, and twice to load. */
const throughTheKit = {
  group: ['recharts', '@tanstack/react-query'],
  message: 'Take it from @fawkes/kit-ui/charts or /query.',
};

/** Nobody: one UI kit. */
const oneUiKit = {
  group: ['@material-ui/*', '@mui/*'],
  message: 'Use @backstage/ui, CSS modules and --bui-* tokens.',
};

/** Kits serve every family and know none. */
const noFamily = {
  group: ['@fawkes/backstage-plugin-*'],
  message: 'A kit knows no family; what it needs of one is handed to it.',
};

/** Two copies of these are two contexts that do not know each other. */
const oneCopy = {
  group: ['recharts', '@tanstack/react-query'],
  message: 'Charts and queries come from @fawkes/kit-ui.',
};

/** The picture in docs/architecture.md says which room stands on which kit. */
const notTheKits = (...names) => ({
  group: names.map(name => `@fawkes/kit-${name}`),
  message: 'This room does not stand on that kit.',
});

const rooms = {
  /** What every family is written in: pure, and the ground all others stand on. */
  contract: [
    noFamily,
    oneCopy,
    {
      group: ['node:*', 'fs', 'path', 'crypto', 'knex', 'express', 'react'],
      message: 'The contract is pure: no I/O, no database, no React.',
    },
    {
      group: ['@backstage/backend-*', '@backstage/*-node'],
      message: 'The contract knows neither backend nor screens.',
    },
    notTheKits('*'),
  ],
  /** What backends are built with. */
  'kit-node': [
    noFamily,
    oneCopy,
    {
      group: ['react', 'react-dom', '@backstage/core-*', '@backstage/ui'],
      message: 'A backend knows nothing of screens.',
    },
    notTheKits('ui'),
  ],
  /** What screens are built with; the only one to depend on charts and queries. */
  'kit-ui': [
    noFamily,
    {
      group: ['node:*', 'knex', '@backstage/backend-*', '@backstage/*-node'],
      message: 'A screen asks the HTTP API.',
    },
    notTheKits('backend', 'backend-test'),
  ],
  /** The domain: pure, for browser and backend alike. */
  common: [
    {
      group: ['node:*', 'fs', 'path', 'crypto', 'knex', 'express', 'react'],
      message: 'A -common package is pure: no I/O, no database, no React.',
    },
    {
      group: ['@backstage/backend-*', '@backstage/*-node', '@fawkes/*-node'],
      message: 'A -common package knows nothing of the backend.',
    },
    oneCopy,
    notTheKits('backend', 'backend-test', 'ui'),
  ],
  /** What others build on. */
  node: [
    {
      group: [
        'knex',
        'express',
        '@fawkes/backstage-plugin-*-backend',
        '@fawkes/backstage-plugin-*-backend/*',
      ],
      message: 'A -node package holds contracts, not the backend.',
    },
    oneCopy,
    notTheKits('backend-test', 'ui'),
  ],
  backend: [
    {
      group: ['react', 'react-dom', '@backstage/core-*', '@backstage/ui'],
      message: 'A backend knows nothing of screens.',
    },
    oneCopy,
    notTheKits('backend-test', 'ui'),
  ],
  /** Modules see the backend through its -node package only. */
  module: [
    {
      group: ['knex', '@fawkes/*-backend', '@fawkes/*-backend/*'],
      message: 'A module uses the extension point of the -node package.',
    },
    oneCopy,
    notTheKits('backend-test', 'ui'),
  ],
  frontend: [
    throughTheKit,
    {
      group: ['node:*', 'knex', '@backstage/backend-*', '@fawkes/*-node'],
      message: 'A screen asks the HTTP API.',
    },
    notTheKits('backend', 'backend-test'),
  ],
  portal: [throughTheKit],
};

/** Routes: parse, authorise, use case, answer. No SQL. */
const noSql = {
  group: ['knex', '@fawkes/kit-backend/sql'],
  message: 'SQL belongs in the store.',
};

const noTestCode = {
  group: ['*.test*', '**/__testUtils__/**', '**/__mocks__/**'],
  message: 'Test code stays in tests.',
};

const refuse = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
});

module.exports = function house(dirname, room) {
  const patterns = [oneUiKit, ...rooms[room], noTestCode];
  return createConfig(dirname, {
    rules: {
      '@backstage/no-mixed-plugin-imports': 'error',
      ...refuse(...patterns),
    },
    overrides: [
      ...(room === 'backend'
        ? [
            {
              files: ['src/router/**/*.ts'],
              excludedFiles: ['src/router/deps.ts'],
              rules: refuse(...patterns, noSql),
            },
          ]
        : []),
      {
        // Tests may bring what they like, but a kit's know no family either.
        files: ['**/*.test.*', '**/__testUtils__/**', 'src/setupTests.*'],
        rules: refuse(
          oneUiKit,
          ...rooms[room].filter(pattern => pattern === noFamily),
        ),
      },
    ],
  });
};
