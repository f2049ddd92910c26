// The jest configuration of Backstage, but for two things: packages share what was transformed (of 120,000 transformed
// files of a first run nine in ten were the same file for another package), and what is pure is tried without a page,
// which takes longer to set up than most of those tests.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const configuration = require('@backstage/cli/config/jest');

const transformer = require.resolve('./sharedTransform.cjs');

const shared = transform =>
  Object.fromEntries(
    Object.entries(transform).map(([pattern, how]) =>
      Array.isArray(how) && how[0].endsWith('jestSwcTransform.js')
        ? [pattern, [transformer, { by: how[0], settings: how[1] }]]
        : [pattern, how],
    ),
  );

/** `rootDir` of a project is the `src` of its package. */
const isPure = ({ rootDir }) =>
  JSON.parse(readFileSync(join(rootDir, '..', 'package.json'), 'utf8'))
    .backstage?.role === 'common-library';

module.exports = async () => {
  const { projects, ...rest } = await configuration;
  return {
    ...rest,
    projects: projects.map(project => ({
      ...project,
      transform: shared(project.transform),
      ...(isPure(project) && { testEnvironment: 'node' }),
    })),
  };
};
