import { parseEntityRef } from '@backstage/catalog-model';
import {
  type AnyParams,
  type RouteFunc,
  type RouteRef,
  type SubRouteRef,
  useRouteRef,
} from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';

/**
 * Where a page is, or undefined where an adopter has switched it off; for
 * {@link MaybeLink}.
 * @public
 */
export function useOptionalRoute<P extends AnyParams>(
  ref: RouteRef<P> | SubRouteRef<P>,
): RouteFunc<P> | undefined {
  try {
    return useRouteRef(ref);
  } catch {
    return undefined; // `useRouteRef` throws for a page that is not mounted.
  }
}

/**
 * Where an entity's page is, or one of its tabs, e.g. `/delivery`; undefined
 * where there is no catalog to look at.
 * @public
 */
export function useEntityPath(): (
  ref: string,
  tab?: string,
) => string | undefined {
  const entity = useOptionalRoute(entityRouteRef);
  return useMemo(
    () =>
      (ref, tab = '') => {
        const path = entity?.(parseEntityRef(ref));
        return path && `${path}${tab}`;
      },
    [entity],
  );
}
