import { actorSchema, userRefSchema } from './actor';

describe('actors', () => {
  it.each([
    ['user:default/jane', 'user:default/jane'],
    ['User:Default/Jane.Doe', 'user:default/jane.doe'],
    ['user:jane', 'user:default/jane'],
    ['github.com/Octocat', 'github.com/octocat'],
    ['github.com/dependabot[bot]', 'github.com/dependabot[bot]'],
    ['ghe.example.com:8443/jane', 'ghe.example.com:8443/jane'],
    ['jenkins/jane@example.com', 'jenkins/jane@example.com'],
  ])('%s is %s', (text, actor) => {
    expect(actorSchema.parse(text)).toBe(actor);
    expect(actorSchema.parse(actor)).toBe(actor);
  });

  it.each([
    '',
    'jane',
    'group:default/team',
    'default/user:jane/x',
    'github.com/',
    '/jane',
    'github.com/jane/doe',
    'github.com/jane doe',
    'github.com/jane\n',
    'github.com/jäne',
    // What is kept of an actor is no actor.
    'a'.repeat(64),
    `github.com/${'x'.repeat(101)}`,
    `user:default/${'x'.repeat(200)}`,
    7,
    null,
    { login: 'jane' },
  ])('refuses %j', value => {
    expect(actorSchema.safeParse(value).success).toBe(false);
  });
});

describe('references of users', () => {
  it('are complete and in lower case', () => {
    expect(userRefSchema.parse('user:Jane')).toBe('user:default/jane');
  });

  it.each(['jane', 'default/jane', 'group:default/jane', 'github.com/jane'])(
    'refuses %s',
    text => {
      expect(userRefSchema.safeParse(text).success).toBe(false);
    },
  );
});
