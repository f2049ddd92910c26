import { sha } from './harness';
import { ago, broken, committed, deployed } from './story';
import { SECRET, SECRET_TWIN } from './testCatalog';

/** Is in every text that tells of a secret service, and in no other. */
export const CLASSIFIED = 'classified';

type Fields = Record<string, unknown>;

const url = (of: string) => `https://${CLASSIFIED}.example/${of}`;

const incident = (id: string, openedAt: string, fields: Fields): Fields => ({
  ...broken(`${CLASSIFIED}-${id}`, SECRET, openedAt, fields),
  source: `${CLASSIFIED}-pager`,
  title: `${CLASSIFIED} ${id} lost the keys`,
  severity: `${CLASSIFIED}-sev1`,
  url: url(id),
  ...('service' in fields ? { service: fields.service } : {}),
});

const commit = (n: number, at: string): Fields => ({
  ...committed('acme/secret', n, at),
  title: `${CLASSIFIED} change ${n} (#9)`,
  url: url(`commit-${n}`),
});

/** Commits in the repository of the secret services. */
export const SECRET_SHAS = [1, 2, 3].map(n => sha(`acme/secret${n}`));

/**
 * What is told about secret services beside the usual story, with
 * {@link CLASSIFIED} in every text of it: by itself, as the cause of a verdict on
 * a service that everybody sees, and as a part of what such a service deployed.
 */
export const SECRET_STORY: Fields[] = [
  commit(1, ago(16, 9)),
  commit(2, ago(8, 9)),
  commit(3, ago(2, 9)),
  {
    type: 'change',
    kind: 'pull_request',
    source: 'github.com/acme',
    id: '9',
    occurredAt: ago(8, 9),
    repository: 'acme/secret',
    number: 9,
    openedAt: ago(9),
    firstReviewAt: ago(9, 1),
    approvedAt: ago(9, 2),
    mergedAt: ago(8, 9),
    baseBranch: CLASSIFIED,
    headSha: SECRET_SHAS[1],
    commits: [SECRET_SHAS[1]],
    labels: [CLASSIFIED],
    workItems: [CLASSIFIED],
    title: `${CLASSIFIED} request`,
    url: url('request'),
  },
  ...[SECRET_SHAS[0], SECRET_SHAS[1]].map((head, index) =>
    deployed(`${CLASSIFIED}-${index}`, ago(14 - 7 * index, 12), {
      source: `${CLASSIFIED}-ci`,
      repository: 'acme/secret',
      sha: head,
      version: `${CLASSIFIED}-${index}.0`,
      artifact: `pkg:oci/${CLASSIFIED}@sha256:${'a'.repeat(63)}${index}`,
      url: url(`deployment-${index}`),
    }),
  ),
  deployed(`${CLASSIFIED}-blue`, ago(4, 12), {
    source: `${CLASSIFIED}-ci`,
    service: SECRET_TWIN,
    environment: `${CLASSIFIED}-production`,
    repository: 'acme/secret',
    sha: SECRET_SHAS[2],
  }),
  // Of the secret service, and named as what broke deployments of others.
  incident('outage', ago(13), { causedBy: 'cart-2', resolvedAt: ago(13, 2) }),
  incident('breach', ago(6, 14), { causedBy: 'pay-2' }),
  // Beside an incident that everybody sees; open, so that nothing is mended yet.
  incident('echo', ago(8, 14), { causedBy: 'cart-3' }),
  incident('by-window', ago(7, 13), { resolvedAt: ago(7, 14) }),
  // Two secret services live there: it is not said which of them it is about.
  incident('somewhere', ago(4, 14), {
    service: undefined,
    repository: 'acme/secret',
    causedBy: 'cart-4',
    resolvedAt: ago(4, 15),
  }),
  // Of a service that the catalog does not have, which looks the same from outside.
  incident('ghostly', ago(4, 16), {
    service: `component:default/${CLASSIFIED}`,
    causedBy: 'cart-4',
  }),
  // Everybody sees the service; what it carries from elsewhere is not theirs to see.
  deployed('cart-5', ago(1, 12), {
    service: 'cart',
    parts: [
      { repository: 'acme/cart', sha: sha('acme/cart6') },
      {
        repository: 'acme/secret',
        sha: SECRET_SHAS[2],
        commits: [SECRET_SHAS[1], SECRET_SHAS[2]],
      },
    ],
  }),
  {
    type: 'feedback',
    source: 'survey',
    id: `${CLASSIFIED}-feedback`,
    occurredAt: ago(1, 9),
    service: 'secret',
    at: ago(1, 9),
    rating: 1,
    text: `${CLASSIFIED} opinion`,
  },
];

/** Sent by a pipeline of the secret service, and refused. */
export const SECRET_REJECTED: Fields = {
  type: 'deployment',
  source: `${CLASSIFIED}-ci`,
  id: `${CLASSIFIED}-bad`,
  service: 'secret',
};
