import {
  dojoRoutes,
  type DojoRoutes,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  fakePluginService,
  type FakePluginService,
} from '@fawkes/kit-backend/http';
import type { FakeAnswers } from '@fawkes/kit-contract';
import { dojoServiceOf, dojoServiceRef, type DojoService } from '../service';

/** A double of the dojo plugin. @public */
export type FakeDojo = FakePluginService<DojoService>;

/**
 * A double that answers as a test says, by the names of the routes. A question
 * nobody expects is refused by name, and so is an answer the plugin would not give.
 *
 * @param answers - left out: the plugin is not installed
 * @public
 */
export function fakeDojo(answers?: FakeAnswers<DojoRoutes>): FakeDojo {
  return fakePluginService(dojoServiceRef, dojoRoutes, dojoServiceOf, answers);
}
