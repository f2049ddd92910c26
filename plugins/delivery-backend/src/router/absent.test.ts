import { isDeepStrictEqual } from 'node:util';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  createSecretBackend,
  HIDDEN_BY,
  type SecretBackend,
} from '../__testUtils__/secretBackend';
import { CLASSIFIED, SECRET_SHAS } from '../__testUtils__/secretStory';
import { STORY } from '../__testUtils__/story';
import {
  CART,
  PAYMENTS,
  SECRET,
  SECRET_TWIN,
  STRANGER,
} from '../__testUtils__/testCatalog';
import type { Caller } from '../__testUtils__/walk';
import { changeKey } from '../store/keys';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: SecretBackend['backend'];
let keys: SecretBackend['keys'];

beforeAll(async () => {
  ({ backend, keys } = await createSecretBackend(
    await databases.init('SQLITE_3'),
  ));
});

beforeEach(() => {
  backend.policy.clear();
});

describe('what may not be seen is answered like what there is not', () => {
  const MADE_UP = 'component:default/nothing';
  const OTHER = 'component:default/else';
  const INVOKE = '/.backstage/actions/v1/actions/delivery:';
  const commit = (repository: string, id: string) =>
    changeKey('commit', repository, id);
  type Question = (caller: Caller, id: string) => ReturnType<Caller['get']>;
  const get =
    (path: string, accept: string = 'application/json'): Question =>
    (caller, id) =>
      caller.get(path.replace('ID', id)).set('Accept', accept);
  const post =
    (path: string, body: (id: string) => object): Question =>
    (caller, id) =>
      caller.post(path.replace('ID', id), body(id));

  /** Everything of an answer but the id that was asked for. */
  async function answerTo(question: Question, caller: Caller, id: string) {
    const { status, headers, text } = await question(caller, id);
    const {
      date: _date,
      etag: _etag,
      'content-length': _length,
      'x-correlation-id': _correlation,
      ...rest
    } = headers;
    const said = JSON.stringify([rest, text]);
    // Messages quote the beginning of a long one.
    const unnamed = [id, id.slice(0, 80)].reduce(
      (all, name) => all.replaceAll(name, 'ID'),
      said,
    );
    return { status, said: unnamed };
  }

  const deployment = [
    ['one', get('/deployments/ID')],
    [
      'a mark',
      post('/deployments/ID/marks', () => ({
        verdict: 'failed',
        reason: 'because',
      })),
    ],
  ] as const;
  // The body is looked at first, for all alike.
  const noMark = [
    ['a mark that is none', post('/deployments/ID/marks', () => ({}))],
  ] as const;
  const change = [['a change', get('/changes/ID')]] as const;
  const scope = [
    ...['/metrics', '/metrics/by', '/deployments', '/incidents', '/quality']
      .flatMap(path => [
        `${path}?scope=ID`,
        `${path}?scope=${PAYMENTS}&scope=ID`,
      ])
      .flatMap(path => [
        [path, get(path)] as const,
        [`${path} as CSV`, get(path, 'text/csv')] as const,
      ]),
    ...['get-delivery-metrics', 'list-failed-deployments'].map(
      name =>
        [
          name,
          post(`${INVOKE}${name}/invoke`, id => ({ scope: [id] })),
        ] as const,
    ),
    ...[
      '/deployments?scope=ID&changedAfter=0',
      `/deployments?scope=ID&sha=${SECRET_SHAS[2]}`,
      '/environments?service=ID&environment=production',
    ].map(path => [path, get(path)] as const),
    // The first of several that are refused is named, whichever way it is hidden.
    ['before another', get(`/metrics?scope=ID&scope=${OTHER}`)] as const,
    ['after another', get(`/metrics?scope=${OTHER}&scope=ID`)] as const,
  ];

  type Questions = ReadonlyArray<readonly [what: string, Question]>;

  /** The answer to the first of the ids, and those to others that differ from it. */
  async function compare(
    questions: Questions,
    caller: Caller,
    ids: readonly string[],
  ) {
    const compared = [];
    for (const [what, question] of questions) {
      const [first, ...others] = await Promise.all(
        ids.map(id => answerTo(question, caller, id)),
      );
      compared.push({
        what,
        status: first.status,
        different: others
          .filter(other => !isDeepStrictEqual(other, first))
          .map(other => ({ other, first })),
      });
    }
    return compared;
  }
  const alike = (questions: Questions, status: number) =>
    questions.map(([what]) => ({ what, status, different: [] }));

  const secret = () => ({
    deployments: [
      keys[`release-1 ${SECRET}`],
      keys[`${CLASSIFIED}-0 ${SECRET}`],
      keys[`${CLASSIFIED}-blue ${SECRET_TWIN}`],
    ],
    changes: [
      commit('github.com/acme/secret', SECRET_SHAS[0]),
      // Deployed with a service that everybody sees.
      commit('github.com/acme/secret', SECRET_SHAS[2]),
      changeKey('pull_request', 'github.com/acme/secret', '9'),
    ],
  });
  const madeUp = {
    deployments: ['0'.repeat(40), 'nonsense'],
    changes: [commit('github.com/x/y', '0'.repeat(40)), 'nonsense'],
  };

  it.each(HIDDEN_BY)('hidden by %s: 404', async (_, asCaller) => {
    const caller = asCaller(backend);
    const { deployments, changes } = secret();
    expect(
      await compare(deployment, caller, [
        ...deployments,
        ...madeUp.deployments,
      ]),
    ).toEqual(alike(deployment, 404));
    expect(
      await compare(noMark, caller, [...deployments, ...madeUp.deployments]),
    ).toEqual(alike(noMark, 400));
    expect(
      await compare(change, caller, [...changes, ...madeUp.changes]),
    ).toEqual(alike(change, 404));
    expect(
      await compare(scope, caller, [SECRET, SECRET_TWIN, MADE_UP]),
    ).toEqual(alike(scope, 404));
  });

  it('without the permission to read: 403, of whatever there is', async () => {
    backend.policy.set('delivery.metrics.read', 'deny');
    const { deployments, changes } = secret();
    for (const caller of [backend.me, backend.person(STRANGER)]) {
      expect(
        await compare(deployment, caller, [
          keys[`cart-3 ${CART}`],
          ...deployments,
          ...madeUp.deployments,
        ]),
      ).toEqual(alike(deployment, 403));
      expect(
        await compare(change, caller, [
          commit(
            'github.com/acme/cart',
            STORY.find(event => event.id === 'acme/cart-1')?.sha as string,
          ),
          ...changes,
          ...madeUp.changes,
        ]),
      ).toEqual(alike(change, 403));
      expect(await compare(scope, caller, [CART, SECRET, MADE_UP])).toEqual(
        alike(scope, 403),
      );
    }
  });

  it('sources, without the permission to manage them: 403', async () => {
    backend.policy.set('delivery.intake.manage', 'deny');
    const ids = [`${CLASSIFIED}-ci`, 'cdevents', 'nothing'];
    expect(
      await compare(
        [
          ['a backfill', post('/sources/ID/backfill', () => ({}))],
          [
            'removing',
            (caller: Caller, id: string) =>
              caller.delete(`/sources/${id}/facts`),
          ],
        ],
        backend.me,
        ids,
      ),
    ).toEqual(
      alike(
        [
          ['a backfill', post('/sources/ID/backfill', () => ({}))],
          [
            'removing',
            (caller: Caller, id: string) =>
              caller.delete(`/sources/${id}/facts`),
          ],
        ],
        403,
      ),
    );
  });
});
