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

const rooms = {
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
  ],
  /** What others build on. */
  node: [
    {
      group: ['knex', 'express', '@fawkes/*-backend', '@fawkes/*-backend/*'],
      message: 'A -node package holds contracts, not the backend.',
    },
  ],
  backend: [
    {
      group: ['react', 'react-dom', '@backstage/core-*', '@backstage/ui'],
      message: 'A backend knows nothing of screens.',
    },
  ],
  /** Modules see the backend through its -node package only. */
  module: [
    {
      group: ['knex', '@fawkes/*-backend', '@fawkes/*-backend/*'],
      message: 'A module uses the extension point of the -node package.',
    },
  ],
  frontend: [
    throughTheKit,
    {
      group: ['node:*', 'knex', '@backstage/backend-*', '@fawkes/*-node'],
      message: 'A screen asks the HTTP API.',
    },
  ],
  /** What all screens share: it knows no family. */
  'kit-ui': [
    {
      group: ['node:*', 'knex', '@backstage/backend-*', '@fawkes/*-node'],
      message: 'A screen asks the HTTP API.',
    },
    {
      group: ['@fawkes/backstage-plugin-*'],
      message: 'The kit imports no family.',
    },
  ],
  portal: [throughTheKit],
};

/** Routes: parse, authorise, use case, answer. No SQL. */
const routesWithoutSql = {
  files: ['src/router/**/*.ts'],
  excludedFiles: ['**/*.test.ts', 'src/router/deps.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [{ group: ['knex'], message: 'SQL belongs in the store.' }],
      },
    ],
  },
};

module.exports = function house(dirname, room) {
  const patterns = [oneUiKit, ...rooms[room]];
  return createConfig(dirname, {
    rules: {
      '@backstage/no-mixed-plugin-imports': 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...patterns,
            {
              group: ['*.test*', '**/__testUtils__/**', '**/__mocks__/**'],
              message: 'Test code stays in tests.',
            },
          ],
        },
      ],
    },
    testRules: { 'no-restricted-imports': ['error', { patterns: [oneUiKit] }] },
    overrides: room === 'backend' ? [routesWithoutSql] : [],
  });
};
