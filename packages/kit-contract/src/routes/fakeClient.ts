import type { Ask, ClientOf, RequestOptions } from './client';
import type { Routes } from './route';

/** What a double answers: methods of a client, those of a test only. @public */
export type FakeAnswers<R extends Routes> = {
  [K in keyof R]?: Ask<R[K]>;
} & { csv?: Partial<ClientOf<R>['csv']> };

/**
 * A double of a client, of which a test gives the answers it needs. A call
 * nobody expects is refused by name. An answer that does not fit the route's
 * schema is refused too: a screen must not be tested on what no backend says.
 * @public
 */
export function fakeClient<R extends Routes>(
  routes: R,
  answers: FakeAnswers<R> = {},
): ClientOf<R> {
  const { csv = {}, ...given } = answers;
  const client: Record<string, unknown> = {};
  const tables: Record<string, unknown> = {};
  for (const [name, route] of Object.entries(routes)) {
    const answer = (given as Record<string, Method | undefined>)[name];
    client[name] = async (request?: never, options?: RequestOptions) => {
      if (!answer) throw new Error(`${name} was not expected`);
      const said = await answer(request, options);
      route.answer?.parse(said);
      return said;
    };
    if (!route.csv) continue;
    const table = (csv as Record<string, Method | undefined>)[name];
    tables[name] = async (request: never, options?: RequestOptions) => {
      if (!table) throw new Error(`csv.${name} was not expected`);
      return table(request, options);
    };
  }
  return { ...client, csv: tables } as ClientOf<R>;
}

type Method = (request?: never, options?: RequestOptions) => unknown;
