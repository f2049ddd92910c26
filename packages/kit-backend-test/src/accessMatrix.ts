import type { Route, RouteCaller, Routes } from '@fawkes/kit-contract';

/** One row of the access matrix. @public */
export interface AccessRow {
  /** The route as its family calls it. */
  name: string;
  /** The route itself. */
  route: Route;
  /** Who may call it. */
  callers: readonly RouteCaller[];
  /** A permission without which nobody is answered; one row for each. */
  permission: string | undefined;
}

/**
 * Route × permission, with who may call: what a test walks to make sure that
 * every route asks who is calling, and for what it says it needs.
 * @public
 */
export function accessMatrix(routes: Routes): AccessRow[] {
  return Object.entries(routes).flatMap(([name, route]) => {
    const permissions = route.needs?.map(permission => permission.name) ?? [];
    const rows = permissions.length > 0 ? permissions : [undefined];
    return rows.map(permission => ({
      name: permission ? `${name} needs ${permission}` : name,
      route,
      callers: route.who,
      permission,
    }));
  });
}
