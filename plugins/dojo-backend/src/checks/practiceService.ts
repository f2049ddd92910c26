import type { ProvisioningService } from '@fawkes/backstage-plugin-provisioning-node';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { CHECK_TYPES } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import { orForbidden } from './forbidden';

/** Where a service to practise with is asked for. */
const PAGE = '/provisioning/new?practice=true';

/**
 * A service to practise with, that the learner asked for and that runs. Labs
 * share it: there is one alive for each person, and it ends by itself.
 */
export function practiceService({
  provisioning,
  now,
}: {
  provisioning: Pick<ProvisioningService, 'requests'>;
  now(): number;
}): DojoCheck<Record<string, never>> {
  return {
    type: 'practice-service',
    params: CHECK_TYPES['practice-service'].params as DojoCheck<
      Record<string, never>
    >['params'],
    assurance: 'observed',
    since: 'enrolment',
    async choose({ credentials }) {
      const page = await orForbidden(
        provisioning.requests({ mine: true, limit: 1 }, { credentials }),
      );
      return page === undefined || page === 'forbidden'
        ? { missing: sayDojo('provisioning.absent') }
        : { subject: { page: PAGE } };
    },
    async evaluate({ learner, since, credentials }) {
      const page = await orForbidden(
        provisioning.requests({ mine: true, limit: 100 }, { credentials }),
      );
      if (page === undefined || page === 'forbidden') {
        return { verdict: 'error', why: sayDojo('provisioning.absent') };
      }
      const own = page.items.filter(
        each =>
          each.practice &&
          each.requester.toLowerCase() === learner.toLowerCase() &&
          Date.parse(each.createdAt) >= since.getTime(),
      );
      const observedAt = new Date(now());
      const ready = own.find(({ state }) => state === 'ready');
      if (ready) {
        const { id, entityRef, template, createdAt } = ready;
        return {
          verdict: 'pass',
          observedAt,
          evidence: {
            source: 'provisioning',
            fact: { request: id, entityRef, template, createdAt },
            claim: id,
          },
        };
      }
      const [newest] = own;
      return {
        verdict: 'fail',
        observedAt,
        why: newest
          ? sayDojo('practice.not_ready', { name: newest.name })
          : sayDojo('practice.none'),
      };
    },
  };
}
