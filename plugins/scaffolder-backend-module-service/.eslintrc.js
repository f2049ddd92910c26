const config = require('../../scripts/eslint/house.cjs')(__dirname, 'module');

// A skeleton is code once it is rendered; its own pipeline checks it then.
module.exports = {
  ...config,
  ignorePatterns: [...(config.ignorePatterns ?? []), 'templates'],
  overrides: [
    ...config.overrides,
    {
      // Steps are tried with the plugin that they ask, over HTTP.
      files: ['src/__testUtils__/portal.ts'],
      rules: { '@backstage/no-mixed-plugin-imports': 'off' },
    },
  ],
};
