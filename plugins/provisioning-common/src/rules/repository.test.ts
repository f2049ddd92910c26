import { normalOf, onGithub } from './__testUtils__/made';
import { entityRefOf, repositoryOf, repositoryText } from './repository';

const key = { namespace: 'shops', name: 'shop' };

it.each([
  ['local', {}, 'portal.local/shops/shop'],
  ['on GitHub', onGithub, 'github.com/acme/shop'],
  [
    'on a server of its own',
    {
      repository: {
        host: 'github',
        owner: 'Acme',
        server: 'Git.Acme.test',
      } as const,
    },
    'git.acme.test/acme/shop',
  ],
])('a repository %s', (_, spec, text) => {
  expect(repositoryText(repositoryOf(key, normalOf(spec)))).toBe(text);
});

it('a component is called as its service', () => {
  expect(entityRefOf(key)).toBe('component:shops/shop');
});
