import { sha } from './harness';
import { CART, PAYMENTS, SECRET } from './testCatalog';

const HOUR_MS = 3_600_000;
const MIDNIGHT = Math.floor(Date.now() / 86_400_000) * 86_400_000;

/** An instant so many days before today, at an hour of the day (UTC). */
export function ago(days: number, hour: number = 0): string {
  return new Date(
    MIDNIGHT - days * 24 * HOUR_MS + hour * HOUR_MS,
  ).toISOString();
}

type Fields = Record<string, unknown>;

/** A deployment as a pipeline tells it. */
export function deployed(id: string, at: string, fields: Fields = {}): Fields {
  return {
    type: 'deployment',
    source: 'ci',
    id,
    occurredAt: at,
    environment: 'production',
    status: 'success',
    finishedAt: at,
    ...fields,
  };
}

/** A commit on the straight history of a repository: each follows the last. */
export function committed(repository: string, n: number, at: string): Fields {
  return {
    type: 'change',
    kind: 'commit',
    source: 'github.com/acme',
    id: `${repository}-${n}`,
    occurredAt: at,
    repository,
    sha: sha(`${repository}${n}`),
    parents: n > 1 ? [sha(`${repository}${n - 1}`)] : [],
    authoredAt: at,
    committedAt: at,
    title: `Change ${n}`,
  };
}

/** An incident of a service. */
export function broken(
  id: string,
  service: string,
  openedAt: string,
  fields: Fields = {},
): Fields {
  return {
    type: 'incident',
    source: 'pager',
    id,
    occurredAt: fields.resolvedAt ?? openedAt,
    service,
    openedAt,
    title: `Incident ${id}`,
    severity: 'sev2',
    ...fields,
  };
}

const cart = (n: number) => ({
  repository: 'acme/cart',
  sha: sha(`acme/cart${n}`),
});

/**
 * Three weeks of a small organisation: a failed and recovered deployment of
 * cart, a release of cart and secret in one, a service told by name, and facts
 * nobody owns.
 */
export const STORY: Fields[] = [
  ...[1, 2, 3, 4, 5, 6].map(n => committed('acme/cart', n, ago(24 - 3 * n, 9))),
  {
    type: 'change',
    kind: 'pull_request',
    source: 'github.com/acme',
    id: '7',
    occurredAt: ago(9, 12),
    repository: 'acme/cart',
    number: 7,
    openedAt: ago(12, 10),
    firstReviewAt: ago(11, 10),
    approvedAt: ago(10, 10),
    mergedAt: ago(9, 12),
    baseBranch: 'main',
    headSha: sha('acme/cart5'),
    commits: [sha('acme/cart4'), sha('acme/cart5')],
    labels: [],
    title: 'Pay by invoice',
  },
  deployed('cart-1', ago(20, 12), cart(1)),
  deployed('cart-2', ago(14, 12), cart(3)),
  deployed('cart-3', ago(8, 12), { ...cart(5), version: '=1+1' }),
  broken('outage', CART, ago(8, 14), { resolvedAt: ago(8, 15) }),
  deployed('cart-4', ago(5, 12), { ...cart(6), kind: 'hotfix' }),
  deployed('cart-staging', ago(5, 10), { ...cart(6), environment: 'staging' }),
  deployed('cart-failed', ago(4, 10), { ...cart(6), status: 'failure' }),
  committed('acme/payments', 1, ago(16, 9)),
  deployed('pay-1', ago(15, 12), {
    service: 'payments',
    repository: 'acme/payments',
    sha: sha('acme/payments1'),
  }),
  deployed('pay-2', ago(6, 12), {
    service: 'payments',
    repository: 'acme/payments',
    commits: [sha('acme/payments2')],
  }),
  broken('slow', PAYMENTS, ago(6, 13)),
  deployed('secret-1', ago(15, 12), { service: 'secret' }),
  deployed('release-1', ago(3, 12), {
    parts: [cart(6), { repository: 'acme/secret', sha: sha('acme/secret1') }],
  }),
  broken('leak', SECRET, ago(3, 13), { causedBy: 'release-1' }),
  deployed('orphan-1', ago(2, 12), {
    repository: 'acme/orphan',
    sha: sha('orphan1'),
  }),
  deployed('ghost-1', ago(2, 13), { service: 'ghost' }),
  {
    type: 'feedback',
    source: 'survey',
    id: 'f1',
    occurredAt: ago(1, 8),
    service: 'cart',
    at: ago(1, 8),
    rating: 4,
    text: 'Faster than before',
  },
];
