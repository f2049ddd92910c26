import { useSearchParams } from 'react-router-dom';

/** What the list can be narrowed to. */
export const SHOWN = ['all', 'failed', 'attempts'] as const;
/** One of {@link SHOWN}. */
export type Shown = (typeof SHOWN)[number];

/** Whether a value names something to show. */
export function isShown(value: unknown): value is Shown {
  return SHOWN.some(each => each === value);
}

/** What a person wants to see of the list. */
export interface ListFilter {
  show: Shown;
  /** Also environments that are not production. */
  allEnvironments: boolean;
}

/** The filter of the list, kept in the address. */
export function useListFilter(): {
  filter: ListFilter;
  change: (patch: Partial<ListFilter>) => void;
} {
  const [search, setSearch] = useSearchParams();
  const show = search.get('show');
  const filter: ListFilter = {
    show: isShown(show) ? show : 'all',
    allEnvironments: search.get('environments') === 'all',
  };
  const change = (patch: Partial<ListFilter>) =>
    setSearch(
      current => {
        const next = new URLSearchParams(current);
        const wanted = { ...filter, ...patch };
        next.delete('show');
        next.delete('environments');
        if (wanted.show !== 'all') next.set('show', wanted.show);
        if (wanted.allEnvironments) next.set('environments', 'all');
        return next;
      },
      { replace: true },
    );
  return { filter, change };
}
