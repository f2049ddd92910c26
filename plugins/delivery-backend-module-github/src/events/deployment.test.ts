import {
  claimsOf,
  example,
  map,
  resolveOne,
  type Payload,
} from '../__testUtils__/examples';

const sha = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e';

/**
 * The published examples hold no failed deployment: these are the published
 * successful one with `state` and, where a row says so, other fields edited.
 */
function status(edits: Payload, options?: Parameters<typeof map>[2]) {
  return map('deployment_status', example('deployment_status', edits), options);
}

describe('deployment_status', () => {
  it('tells a finished deployment', () => {
    expect(resolveOne(claimsOf(status({})))).toEqual({
      type: 'deployment',
      source: 'github.com/codertocat',
      id: '145988746',
      environment: 'production',
      status: 'success',
      occurredAt: '2019-05-15T15:20:55.000Z',
      finishedAt: '2019-05-15T15:20:55.000Z',
      repository: 'github.com/codertocat/hello-world',
      sha,
      // A keyed hash is made of it before anything is kept.
      actor: 'github.com/codertocat',
    });
  });

  it('starts when it is first in progress, not when it was asked for', () => {
    const running = (created_at: string) =>
      claimsOf(
        status({ deployment_status: { state: 'in_progress', created_at } }),
      );
    const claims = [
      ...claimsOf(status({})),
      ...running('2019-05-15T15:20:54Z'),
      ...running('2019-05-15T15:20:55Z'),
    ];
    expect(resolveOne(claims)).toMatchObject({
      status: 'success',
      startedAt: '2019-05-15T15:20:54.000Z',
    });
  });

  it('names the run it is a job of, and the attempt', () => {
    const run = (workflow_run: object) =>
      resolveOne(claimsOf(status({ workflow_run })));
    expect(run({ id: 900, run_attempt: 2 })).toMatchObject({ run: '900/2' });
    expect(run({ id: 900 })).toMatchObject({ run: '900/1' });
  });

  it.each([
    ['is gone', null, undefined],
    ['is an app', { login: 'release[bot]' }, 'github.com/release[bot]'],
    ['has a name nobody could have', { login: 'a b' }, undefined],
  ])('tells whose it is when the creator %s', (_, creator, actor) => {
    const [claim] = claimsOf(status({ deployment: { creator } }));
    expect(claim.claim === 'whole' && claim.event).toMatchObject({
      type: 'deployment',
      ...(actor && { actor }),
    });
    expect(claim.claim === 'whole' && 'actor' in claim.event).toBe(
      actor !== undefined,
    );
  });

  it.each([
    ['queued', 'pending', false],
    ['pending', 'pending', false],
    ['waiting', 'pending', false],
    ['in_progress', 'running', false],
    ['success', 'success', true],
    ['failure', 'failure', true],
    ['error', 'failure', true],
  ])('maps the state %s to %s', (state, expected, finishes) => {
    const [claim] = claimsOf(status({ deployment_status: { state } }));
    expect(claim).toMatchObject({ event: { status: expected } });
    expect('event' in claim && claim.event).toHaveProperty(
      'occurredAt',
      '2019-05-15T15:20:55.000Z',
    );
    expect(claim.claim === 'whole' && 'finishedAt' in claim.event).toBe(
      finishes,
    );
  });

  it('ignores inactive and rejects states nobody documents', () => {
    expect(status({ deployment_status: { state: 'inactive' } })).toMatchObject({
      outcome: 'ignored',
    });
    expect(status({ deployment_status: { state: 'exploded' } })).toEqual({
      outcome: 'rejected',
      fault: {
        path: 'deployment_status.state',
        reason: 'is no state GitHub documents: exploded',
      },
    });
  });

  it('keeps the end when an earlier state arrives late', () => {
    const late = status({
      deployment_status: {
        state: 'in_progress',
        created_at: '2019-05-15T15:20:59Z',
      },
    });
    const asked = map(
      'deployment',
      example('deployment', {
        deployment: { id: 145988746, environment: 'production' },
        repository: example('deployment_status').repository,
      }),
    );
    expect(
      resolveOne([
        ...claimsOf(status({})),
        ...claimsOf(late),
        ...claimsOf(asked),
      ]),
    ).toMatchObject({ status: 'success' });
  });

  it('tells a promotion as one deployment per environment', () => {
    const [claim] = claimsOf(
      status({
        deployment: { environment: 'staging' },
        deployment_status: { environment: 'production' },
      }),
    );
    expect(claim).toMatchObject({ event: { environment: 'production' } });
  });

  it('prefers the log and leaves out addresses nobody can open', () => {
    const url = (edits: Payload) =>
      claimsOf(status({ deployment_status: edits }))[0];
    expect(
      url({ log_url: 'https://ci.example/1', target_url: 'https://x.example' }),
    ).toMatchObject({ event: { url: 'https://ci.example/1' } });
    expect(url({ log_url: 'ftp://x', target_url: 'C:\\x' })).not.toHaveProperty(
      'event.url',
    );
  });

  it('names a GitHub Enterprise Server by its host', () => {
    expect(
      claimsOf(
        status({
          repository: {
            full_name: 'Acme/Pay',
            html_url: 'https://ghe.example.com/Acme/Pay',
          },
        }),
      )[0],
    ).toMatchObject({
      event: {
        source: 'ghe.example.com/acme',
        repository: 'ghe.example.com/acme/pay',
      },
    });
  });

  it.each<[string, Payload, object]>([
    ['a rollback task', { task: 'rollback' }, { kind: 'rollback' }],
    ['a hotfix branch', { ref: 'hotfix/login' }, { kind: 'hotfix' }],
    ['a hotfix ref', { ref: 'refs/heads/hotfix-1' }, { kind: 'hotfix' }],
    ['a version tag', { ref: 'v1.2.3' }, { version: 'v1.2.3' }],
    ['a tag ref', { ref: 'refs/tags/v1.2.3' }, { version: 'v1.2.3' }],
    [
      'fields its creator sent along',
      {
        payload: {
          service: 'payments-api',
          kind: 'config',
          version: '7',
          artifact: 'pkg:oci/app@sha256:1',
          unplanned: true,
          fixesIncident: 'acme/pay#3',
        },
      },
      {
        service: 'component:default/payments-api',
        kind: 'config',
        version: '7',
        artifact: 'pkg:oci/app@sha256:1',
        unplanned: true,
        fixesIncident: 'acme/pay#3',
      },
    ],
    [
      'the same as JSON text',
      { payload: '{"kind":"hotfix"}' },
      { kind: 'hotfix' },
    ],
    [
      'the sender’s kind before the task',
      { task: 'rollback', payload: { kind: 'deploy' } },
      { kind: 'deploy' },
    ],
  ])('understands %s', (_, deployment, expected) => {
    expect(claimsOf(status({ deployment }))[0]).toMatchObject({
      event: expected,
    });
  });

  it.each([
    ['not JSON', '{'],
    ['longer than anything of ours', `{"kind":"hotfix"${' '.repeat(65_536)}}`],
    ['a list', [1]],
    ['null', null],
    [
      'other people’s fields',
      { service: 'Foo Bar!', kind: 7, unplanned: 'no' },
    ],
  ])('leaves out a payload that is %s', (_, payload) => {
    const [claim] = claimsOf(status({ deployment: { payload } }));
    for (const field of ['service', 'kind', 'unplanned']) {
      expect(claim).not.toHaveProperty(`event.${field}`);
    }
  });

  it('goes by the configured patterns', () => {
    const options = { hotfixRef: /^urgent/, rollbackTask: /^undo$/ };
    expect(
      claimsOf(status({ deployment: { ref: 'urgent-1' } }, options))[0],
    ).toMatchObject({ event: { kind: 'hotfix' } });
    expect(
      claimsOf(status({ deployment: { task: 'undo' } }, options))[0],
    ).toMatchObject({ event: { kind: 'rollback' } });
  });

  it.each<[Payload, string]>([
    [
      { deployment_status: { created_at: '2019-05-15T15:20:55' } },
      'deployment_status.created_at',
    ],
    [{ deployment: { sha: 'abc' } }, 'sha'],
    [{ deployment: { id: 'x' } }, 'deployment.id'],
    [
      { repository: { html_url: 'ssh://github.com/acme/pay' } },
      'repository.html_url',
    ],
    [{ repository: { full_name: 'x' } }, 'repository.full_name'],
  ])('rejects %j at %s', (edits, path) => {
    expect(status(edits)).toMatchObject({
      outcome: 'rejected',
      fault: { path },
    });
  });
});

describe('deployment', () => {
  it('tells that one was asked for', () => {
    expect(claimsOf(map('deployment', example('deployment')))[0]).toMatchObject(
      { claim: 'whole', event: { type: 'deployment', status: 'pending', sha } },
    );
  });

  it('ignores other actions', () => {
    expect(
      map('deployment', example('deployment', { action: 'requested' })),
    ).toEqual({
      outcome: 'ignored',
      reason: 'GitHub event deployment.requested tells no outcome',
    });
  });
});
