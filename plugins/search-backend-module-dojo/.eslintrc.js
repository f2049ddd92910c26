module.exports = require('../../scripts/eslint/house.cjs')(__dirname, 'module');
