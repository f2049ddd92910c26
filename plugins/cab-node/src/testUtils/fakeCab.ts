import { cabRoutes, type CabRoutes } from '@fawkes/backstage-plugin-cab-common';
import {
  fakePluginService,
  type FakePluginService,
} from '@fawkes/kit-backend/http';
import type { FakeAnswers } from '@fawkes/kit-contract';
import { cabServiceOf, cabServiceRef, type CabService } from '../service';

/** A double of the change approval plugin. @public */
export type FakeCab = FakePluginService<CabService>;

/**
 * A double that answers as a test says, by the names of the routes. A question
 * nobody expects is refused by name, and so is an answer the plugin would not give.
 *
 * @param answers - left out: the plugin is not installed
 * @public
 */
export function fakeCab(answers?: FakeAnswers<CabRoutes>): FakeCab {
  return fakePluginService(cabServiceRef, cabRoutes, cabServiceOf, answers);
}
