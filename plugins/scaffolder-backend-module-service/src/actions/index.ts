import { createDestroyAction } from './destroy';
import { createEffectAction, FOLLOWED } from './effect';
import { createLintAction } from './lint';
import { createPlanAction } from './plan';
import { createRenderAction } from './render';
import { createRequestAction } from './request';
import type { RunActionDeps } from './context';

/** Every action of the module. */
export function serviceActions(deps: RunActionDeps) {
  return [
    createRenderAction(),
    createLintAction(),
    createPlanAction(deps),
    createRequestAction(deps),
    ...Object.keys(FOLLOWED).map(type =>
      createEffectAction(type as keyof typeof FOLLOWED, deps),
    ),
    createDestroyAction(deps),
  ];
}
