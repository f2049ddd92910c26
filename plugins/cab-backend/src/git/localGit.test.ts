import { mockServices } from '@backstage/backend-test-utils';
import {
  DEFAULT_IGNORED,
  DEFAULT_STRUCTURAL,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { CommitsResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { fakeProvisioning } from '@fawkes/backstage-plugin-provisioning-node/testUtils';
import { involvedIn } from '../facts/readFacts';
import { localGit } from './localGit';

const HEAD = 'b'.repeat(40);
const BASE = 'a'.repeat(40);
const REQUEST = '01a22c00-0000-7000-8000-000000000000';
const entity = (id?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'pay',
    ...(id && { annotations: { 'fawkes.dev/provisioning-request': id } }),
  },
});
const told = (more: Partial<CommitsResponse> = {}): CommitsResponse => ({
  asOf: '2026-11-30T12:00:00.000Z',
  repository: 'portal.local/default/pay',
  known: true,
  base: BASE,
  items: [
    {
      sha: HEAD,
      author: { name: 'Ada', email: 'ada@example.com' },
      committer: { name: 'Bo', email: 'bo@example.com' },
      title: 'Mend it',
      coAuthors: ['Co-authored-by: Bea <bea@example.com>'],
      own: false,
      by: 'user:default/mira',
    },
  ],
  more: false,
  files: [{ path: 'db/x.sql', added: 3, deleted: 1, binary: false }],
  ...more,
});

function providerOf(answers?: Parameters<typeof fakeProvisioning>[0]) {
  const provisioning = fakeProvisioning(answers);
  const provider = localGit({
    provisioning,
    auth: mockServices.auth(),
    size: { ignored: DEFAULT_IGNORED, structural: DEFAULT_STRUCTURAL },
  });
  return (
    id: string | undefined = REQUEST,
    deployedSha: string | undefined = BASE,
  ) =>
    provider.read(
      { entity: entity(id), headSha: HEAD, environment: 'test', deployedSha },
      { signal: new AbortController().signal },
    );
}

it('names who wrote, committed, helped and pushed, and how large it is', async () => {
  const read = providerOf({
    getCommits: async ({ id, to, from }) => {
      expect({ id, to, from }).toEqual({ id: REQUEST, to: HEAD, from: BASE });
      return told();
    },
  });
  const facts = (await read())!;
  expect(facts).toMatchObject({
    changedLines: 4,
    structural: true,
    reference: `portal.local/default/pay@${HEAD.slice(0, 12)}`,
  });
  expect(involvedIn(facts)).toEqual([
    { duty: 'author', email: 'ada@example.com' },
    { duty: 'committer', email: 'bo@example.com' },
    { duty: 'committer', userRef: 'user:default/mira' },
    { duty: 'co_author', email: 'bea@example.com' },
  ]);
});

it('takes what the portal wrote for a bot’s, run by whose run it was', async () => {
  const [commit] = told().items;
  const read = providerOf({
    getCommits: async () => told({ items: [{ ...commit, own: true }] }),
  });
  expect(involvedIn((await read())!)).toContainEqual({
    duty: 'bot_operator',
    userRef: 'user:default/mira',
  });
});

it.each<[string, Partial<CommitsResponse>, object]>([
  [
    'a commit it does not know',
    { known: false, base: null, items: [], files: null },
    { untold: 'no_commit', changedLines: null },
  ],
  ['more than it reads', { items: [], more: true }, { untold: 'too_many' }],
  [
    'nothing to compare with',
    { base: null, files: null },
    { changedLines: null, structural: null },
  ],
  [
    'what goes back',
    { base: HEAD, items: [], files: [] },
    { changedLines: null, structural: null },
  ],
])('guesses nothing of %s', async (_what, answer, facts) => {
  const read = providerOf({ getCommits: async () => told(answer) });
  expect(await read()).toMatchObject(facts);
});

it('knows nothing of repositories elsewhere, and throws where it cannot say', async () => {
  expect(await providerOf()()).toBeUndefined();
  expect(await providerOf({})('')).toBeUndefined();
  const gone = Object.assign(new Error('There is none'), { statusCode: 404 });
  const absent = providerOf({
    getCommits: async () => {
      throw gone;
    },
  });
  expect(await absent()).toBeUndefined();
  const away = providerOf({
    getCommits: async () => {
      throw new Error('It is away');
    },
  });
  await expect(away()).rejects.toThrow('It is away');
});
