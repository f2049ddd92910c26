import { deliveryRoutes } from '@fawkes/backstage-plugin-delivery-common';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import { spied } from '@fawkes/kit-ui/testUtils';

/** An API of which a test defines what it needs, and sees what is asked. */
export function fakeApi(answers: FakeAnswers<typeof deliveryRoutes> = {}) {
  return spied(fakeClient(deliveryRoutes, answers));
}
