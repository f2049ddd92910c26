import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { CHECK_TYPES } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import { orForbidden } from './forbidden';

interface Params {
  min?: string;
  environment?: string;
  kind?: 'deploy' | 'rollback';
  versions?: string;
  window?: 'run';
}

/** Deployments the learner made themselves, as delivery knows their actor. */
export function deploymentEvent({
  delivery,
  now,
  sandboxCounts,
}: {
  delivery: Pick<DeliveryService, 'deployments'>;
  now(): number;
  /** Deployments of sandbox sources count too. */
  sandboxCounts: boolean;
}): DojoCheck<Params> {
  return {
    type: 'deployment-event',
    params: CHECK_TYPES['deployment-event']
      .params as DojoCheck<Params>['params'],
    assurance: 'observed',
    since: 'enrolment',
    async evaluate(question) {
      const { params, learner, credentials } = question;
      const since =
        params.window === 'run' ? question.runStartedAt : question.since;
      const need = Number(params.min ?? 1);
      const page = await orForbidden(
        delivery.deployments(
          {
            actor: learner,
            production: false,
            from: since.toISOString(),
            limit: 200,
            ...(params.environment && { environment: params.environment }),
          },
          { credentials },
        ),
      );
      if (page === undefined || page === 'forbidden') {
        return { verdict: 'error', why: sayDojo('delivery.absent') };
      }
      const own = page.items.filter(
        ({ status, finishedAt, sandbox, kind }) =>
          status === 'success' &&
          (!params.kind || kind === params.kind) &&
          finishedAt !== null &&
          Date.parse(finishedAt) >= since.getTime() &&
          (sandboxCounts || !sandbox),
      );
      const observedAt = new Date(now());
      if (own.length < need) {
        const have = own.length;
        const why = sayDojo('deployments.few', { have, need });
        return { verdict: 'fail', observedAt, why };
      }
      const versions = Number(params.versions ?? 1);
      const seen = new Set(own.map(({ version }) => version));
      if (seen.size < versions) {
        const counts = { have: seen.size, need: versions };
        const why = sayDojo('deployments.versions', counts);
        return { verdict: 'fail', observedAt, why };
      }
      // The first that were enough, so that a later look finds the same.
      const facts = [...own]
        .sort((a, b) => Date.parse(a.finishedAt!) - Date.parse(b.finishedAt!))
        .slice(0, need)
        .map(({ key, service, environment, version, finishedAt }) => ({
          key,
          service,
          environment,
          version,
          finishedAt,
          actor: learner,
        }));
      return {
        verdict: 'pass',
        observedAt,
        evidence: {
          source: 'delivery',
          fact: { deployments: facts },
          claim: facts.map(({ key }) => key).join(' '),
          counts: facts.map(({ key, finishedAt }) => ({
            type: 'deployment',
            key,
            at: new Date(finishedAt!),
          })),
        },
      };
    },
  };
}
