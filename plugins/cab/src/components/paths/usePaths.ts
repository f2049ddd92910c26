import { useEntityPath, useOptionalRoute } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import { localDay } from './localDay';
import {
  calendarRouteRef,
  changeRouteRef,
  editRouteRef,
  newRouteRef,
  rootRouteRef,
} from '../../routes';

/** Addresses of pages; undefined where one is not mounted. */
export interface CabPaths {
  home(): string | undefined;
  /** @param at - an instant that is to be seen; now when left out */
  calendar(at?: string): string | undefined;
  /** @param entityRef - what it is about */
  make(entityRef: string): string | undefined;
  change(id: string): string | undefined;
  edit(id: string): string | undefined;
  /** @param tab - path of an entity tab, e.g. `/changes` */
  entity(ref: string, tab?: string): string | undefined;
}

/** Where things are. */
export function usePaths(): CabPaths {
  const root = useOptionalRoute(rootRouteRef);
  const make = useOptionalRoute(newRouteRef);
  const calendar = useOptionalRoute(calendarRouteRef);
  const change = useOptionalRoute(changeRouteRef);
  const edit = useOptionalRoute(editRouteRef);
  const entity = useEntityPath();

  return useMemo(
    () => ({
      home: () => root?.(),
      calendar: at => {
        const path = calendar?.();
        return path && at ? `${path}?from=${localDay(new Date(at))}` : path;
      },
      make: entityRef => {
        const path = make?.();
        return path && `${path}?entity=${encodeURIComponent(entityRef)}`;
      },
      change: id => change?.({ id }),
      edit: id => edit?.({ id }),
      entity,
    }),
    [root, make, calendar, change, edit, entity],
  );
}
