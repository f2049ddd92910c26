const config = require('../../scripts/eslint/house.cjs')(__dirname, 'module');

// A skeleton is code once it is rendered; its own pipeline checks it then.
module.exports = {
  ...config,
  ignorePatterns: [...(config.ignorePatterns ?? []), 'templates'],
};
