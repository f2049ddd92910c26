import {
  hostOfSource,
  normaliseRepository,
  type Claim,
  type DeliveryEvent,
  type RepositoryEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import type { ServiceMapping } from '../derive/serviceMapping';

/** Claims and mappings in which each repository has one name. */
export interface OneName {
  claims: Claim[];
  /** What a normalised name means today. */
  now(name: string): string;
}

/**
 * Goes through what was told of names as it happened: who takes a name that
 * somebody gave up has it from then on, and who is called otherwise is the same.
 */
export function withOneName(
  claims: readonly Claim[],
  namings: readonly RepositoryEvent[],
  mappings: ReadonlyArray<Pick<Partial<ServiceMapping>, 'former'>>,
): OneName {
  const same = new Map<string, string>();
  const holders = new Map<string, Array<{ from: number; id: string }>>();
  const givenUp = new Set<string>();
  const find = (id: string): string => {
    const other = same.get(id);
    return other === undefined ? id : find(other);
  };
  const join = (a: string, b: string) => {
    if (find(a) !== find(b)) same.set(find(a), find(b));
  };
  const of = (name: string) => {
    const list = holders.get(name) ?? [
      { from: -Infinity, id: `github.com/one/${holders.size}` },
    ];
    holders.set(name, list);
    return list;
  };
  const last = (name: string) => of(name)[of(name).length - 1].id;

  const inOrder = [...namings].sort(
    (a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt),
  );
  for (const { formerly, repository, occurredAt } of inOrder) {
    const id = formerly === undefined ? undefined : last(formerly);
    if (givenUp.delete(repository)) {
      of(repository).push({
        from: Date.parse(occurredAt),
        id: id ?? `github.com/new/${repository.length}-${occurredAt}`,
      });
    } else if (id !== undefined) {
      join(last(repository), id);
    }
    if (formerly !== undefined) givenUp.add(formerly);
  }
  for (const { formerly, repository } of mappings.flatMap(
    mapping => mapping.former ?? [],
  )) {
    join(of(formerly)[0].id, last(repository));
  }

  const at = (name: string, instant: number) =>
    find(of(name).findLast(({ from }) => from <= instant)!.id);
  const renamed = (
    fields: object,
    source: string,
    instant: number,
  ): Record<string, unknown> => {
    const rename = (name: unknown) =>
      at(normaliseRepository(String(name), hostOfSource(source)), instant);
    const copy: Record<string, unknown> = { ...fields };
    if (copy.repository !== undefined) {
      copy.repository = rename(copy.repository);
    }
    if (Array.isArray(copy.parts)) {
      copy.parts = copy.parts.map(part => ({
        ...part,
        repository: rename(part.repository),
      }));
    }
    return copy;
  };
  return {
    now: name => at(name, Infinity),
    claims: claims.map((claim): Claim => {
      if (claim.claim === 'partial') {
        const { source, occurredAt, fields } = claim;
        return {
          ...claim,
          fields: renamed(fields, source, Date.parse(occurredAt)),
        };
      }
      const { event } = claim;
      if (event.type === 'change' && event.kind === 'repository') return claim;
      return {
        ...claim,
        event: renamed(
          event,
          event.source,
          Date.parse(event.occurredAt),
        ) as unknown as DeliveryEvent,
      };
    }),
  };
}
