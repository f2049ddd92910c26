const config = require('../../scripts/eslint/house.cjs')(__dirname, 'portal');

// All rooms of a family in one folder: that is what makes it small enough to be read in one go.
config.rules['@backstage/no-mixed-plugin-imports'] = 'off';
module.exports = config;
