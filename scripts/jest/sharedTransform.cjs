// Transforms as Backstage does, under a cache key in which nothing of a package stands: jest's own holds the whole
// configuration of the project, so each of 32 packages transformed all of node_modules for itself.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

const root = dirname(dirname(__dirname));

/** What makes another text of the same source. */
const versions = ['@swc/core', '@swc/jest', '@backstage/cli']
  .map(name => join(root, 'node_modules', name, 'package.json'))
  .map(file => JSON.parse(readFileSync(file, 'utf8')).version);

const supports = [
  'instrument',
  'supportsDynamicImport',
  'supportsExportNamespaceFrom',
  'supportsStaticESM',
  'supportsTopLevelAwait',
];

function createTransformer({ by, settings }) {
  const inner = require(by).createTransformer(settings);
  const fixed = JSON.stringify([versions, process.version, by, settings]);
  return {
    process: (source, path, options) => inner.process(source, path, options),
    getCacheKey(source, path, options) {
      const asked = supports.map(name => Boolean(options[name]));
      return createHash('sha1')
        .update(
          JSON.stringify([
            fixed,
            relative(root, path),
            asked,
            process.env.NODE_ENV,
          ]),
        )
        .update(source)
        .digest('hex');
    },
  };
}

module.exports = { createTransformer };
