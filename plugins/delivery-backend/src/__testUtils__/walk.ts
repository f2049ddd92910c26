import { openApiDocument } from '../router/openapi';
import { SECRET_SHAS } from './secretStory';
import type { TestBackend } from './testBackend';

/** Somebody who asks the backend. */
export type Caller = TestBackend['me'];

/** A question and everything the answer said. */
export interface Visit {
  /** Method and path as the API's document names them. */
  route: string;
  /** The path that was asked for. */
  path: string;
  status: number;
  /** Headers and body, and what is readable in the opaque keys of them. */
  said: string;
}

const METHODS = ['get', 'post', 'put', 'delete'] as const;
const OPAQUE = /[\w-]{16,}/g;

/** Method and path of every route of the API. */
export function documentedRoutes(): string[] {
  const { paths } = openApiDocument() as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(paths)
    .flatMap(([path, operations]) =>
      METHODS.filter(method => method in operations).map(
        method => `${method} ${path}`,
      ),
    )
    .sort();
}

interface Walker {
  visits: Visit[];
  ask(
    route: string,
    path?: string,
    options?: { body?: object; accept?: string },
  ): Promise<Record<string, never>>;
}

function walker(caller: Caller): Walker {
  const visits: Visit[] = [];
  return {
    visits,
    async ask(route, path = route.split(' ')[1], { body, accept } = {}) {
      const method = METHODS.find(name => route.startsWith(`${name} `))!;
      const request =
        method === 'post' || method === 'put'
          ? caller[method](path, body)
          : caller[method](path);
      const answer = await (accept ? request.set('Accept', accept) : request);
      const text = `${JSON.stringify(answer.headers)} ${answer.text}`;
      const opaque = (text.match(OPAQUE) ?? []).map(token =>
        Buffer.from(token, 'base64url').toString(),
      );
      visits.push({
        route,
        path,
        status: answer.status,
        said: [text, ...opaque].join('\n'),
      });
      return answer.body;
    },
  };
}

const MARK = { verdict: 'failed', reason: 'because' };

/**
 * Asks every route for everything a caller gets to know of: all scopes, all
 * pages, every key that an answer gives.
 */
export async function walkEverything(
  caller: Caller,
  scopes: readonly string[],
): Promise<Visit[]> {
  const { ask, visits } = walker(caller);
  for (const scope of ['', ...scopes.map(ref => `scope=${ref}`)]) {
    for (const query of [scope, `${scope}&groupBy=team`]) {
      await ask('get /metrics/by', `/metrics/by?${query}`);
      await ask('get /metrics/by', `/metrics/by?${query}`, {
        accept: 'text/csv',
      });
    }
    for (const accept of ['application/json', 'text/csv']) {
      await ask('get /metrics', `/metrics?${scope}`, { accept });
      await ask('get /deployments', `/deployments?${scope}&limit=3`, {
        accept,
      });
      await ask('get /incidents', `/incidents?${scope}&limit=1`, { accept });
    }
    await ask('get /deployments', `/deployments?${scope}&changedAfter=0`);
    await ask('get /incidents', `/incidents?${scope}&limit=200`);
    await ask('get /quality', `/quality?${scope}`);
  }
  for (const sha of SECRET_SHAS) {
    await ask('get /deployments', `/deployments?production=false&sha=${sha}`);
  }
  for (const service of scopes) {
    const query = `service=${service}&environment=production`;
    await ask('get /environments', `/environments?${query}`);
  }
  const changes = new Set<string>();
  let cursor = '';
  do {
    const page: { items?: Array<{ key: string }>; nextCursor?: string } =
      await ask('get /deployments', `/deployments?production=false${cursor}`);
    for (const { key } of page.items ?? []) {
      const one: { changes?: Array<{ key: string }> } = await ask(
        'get /deployments/{key}',
        `/deployments/${key}`,
      );
      one.changes?.forEach(change => changes.add(change.key));
    }
    cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
  } while (cursor);
  for (const key of changes) await ask('get /changes/{key}', `/changes/${key}`);
  const none = '0'.repeat(40);
  await ask('get /deployments/{key}', `/deployments/${none}`);
  await ask('get /changes/{key}', `/changes/${none}`);
  await ask('post /deployments/{key}/marks', `/deployments/${none}/marks`, {
    body: MARK,
  });
  const label = `/deployments/${none}/labels/cab`;
  await ask('put /deployments/{key}/labels/{source}', label, {
    body: { text: 'Not approved', url: 'https://portal.example' },
  });
  await ask('delete /deployments/{key}/labels/{source}', label);
  for (const path of ['/intake', '/sources', '/rejected', '/openapi.json']) {
    await ask(`get ${path}`);
  }
  for (const path of ['/events', '/cdevents', '/replay']) {
    await ask(`post ${path}`, path, { body: { source: 'ci' } });
  }
  await ask('post /sources/{id}/backfill', '/sources/nothing/backfill');
  await ask('delete /sources/{id}/facts', '/sources/nothing/facts');
  for (const name of ['get-delivery-metrics', 'list-failed-deployments']) {
    const path = `/.backstage/actions/v1/actions/delivery:${name}/invoke`;
    await ask('post action', path, { body: {} });
  }
  return visits;
}
