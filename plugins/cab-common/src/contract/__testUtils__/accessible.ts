import type { RouteCaller, Routes } from '@fawkes/kit-contract';

/** The routes a kind of caller gets in by. */
export function accessible(routes: Routes, caller: RouteCaller): string[] {
  return Object.entries(routes)
    .filter(([, { who }]) => who.includes(caller))
    .map(([name]) => name)
    .sort();
}
