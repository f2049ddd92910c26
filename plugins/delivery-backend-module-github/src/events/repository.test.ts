import {
  claimsOf,
  example,
  map,
  resolveOne,
  type Payload,
} from '../__testUtils__/examples';

/** Published examples with the action and some fields edited. */
const told = (action: string, edits: Payload = {}) =>
  map('repository', example('repository', { action, ...edits }, 'created'));

const at = '2019-05-15T15:21:14Z';
const repository = { updated_at: at };

describe('repository', () => {
  it('tells what one was called before it was renamed', () => {
    const claims = claimsOf(
      told('renamed', {
        repository,
        changes: { repository: { name: { from: 'Hello-Wrold' } } },
      }),
    );
    expect(resolveOne(claims)).toMatchObject({
      type: 'change',
      kind: 'repository',
      source: 'github.com/octocoders',
      occurredAt: '2019-05-15T15:21:14.000Z',
      repository: 'github.com/octocoders/hello-world',
      formerly: 'github.com/octocoders/hello-wrold',
    });
  });

  it.each(['user', 'organization'])(
    'tells the %s one was transferred from',
    kind => {
      const claims = claimsOf(
        told('transferred', {
          repository,
          changes: { owner: { from: { [kind]: { login: 'Octocat' } } } },
        }),
      );
      expect(resolveOne(claims)).toMatchObject({
        repository: 'github.com/octocoders/hello-world',
        formerly: 'github.com/octocat/hello-world',
      });
    },
  );

  it('tells that a name is taken when one is created', () => {
    const fact: Payload = {
      ...resolveOne(
        claimsOf(told('created', { repository: { created_at: at } })),
      ),
    };
    expect(fact).toMatchObject({
      repository: 'github.com/octocoders/hello-world',
      occurredAt: '2019-05-15T15:21:14.000Z',
    });
    expect(fact).not.toHaveProperty('formerly');
  });

  it.each<[string, Payload]>([
    ['archived', {}],
    ['renamed', { changes: null }],
    ['transferred', { changes: { owner: { from: {} } } }],
  ])('ignores what gives no name: %s', (action, edits) => {
    expect(told(action, { repository, ...edits })).toEqual({
      outcome: 'ignored',
      reason: `GitHub event repository ${action} gives no repository a name`,
    });
  });

  it.each(['a/b', '', 'x'.repeat(300)])('refuses the name %j', from => {
    expect(
      told('renamed', {
        repository,
        changes: { repository: { name: { from } } },
      }),
    ).toMatchObject({
      outcome: 'rejected',
      fault: { path: 'changes.repository.name.from' },
    });
  });
});
