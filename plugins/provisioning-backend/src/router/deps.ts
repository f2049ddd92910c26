import type { RequestAction } from '@fawkes/backstage-plugin-provisioning-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import { requestFor } from '../commands/inTurn';
import type { Core } from '../core';
import { Asker } from '../permissions/asker';
import type { RequestRow } from '../store/tables';

/** What the routes are made of. */
export interface RouterDeps {
  core: Core;
}

/** Whoever asks. */
export function askerOf({ core }: RouterDeps, viewer: Viewer): Promise<Asker> {
  return Asker.of(core.people, viewer);
}

/** Whoever asks, and the request they ask about, when they may. */
export async function askedFor(
  deps: RouterDeps,
  { viewer, params }: { viewer: Viewer; params: { id: string } },
  action: RequestAction = 'see',
): Promise<{ asker: Asker; row: RequestRow }> {
  const asker = await askerOf(deps, viewer);
  return { asker, row: await requestFor(deps.core, asker, params.id, action) };
}
