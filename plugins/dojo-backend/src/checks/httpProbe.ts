import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { CHECK_TYPES } from '@fawkes/backstage-plugin-dojo-common/rules';
import type {
  CheckAnswer,
  DojoCheck,
} from '@fawkes/backstage-plugin-dojo-node';
import type { Said } from '@fawkes/kit-contract';
import { probe, PROBE_LIMITS, type Probed, type ProbeDeps } from './probe';

interface Params {
  url?: string;
  status?: string;
  contains?: string;
}

/** Something that answers over HTTP, on a host an operator has named. */
export function httpProbe({
  now,
  ...deps
}: ProbeDeps & { now(): number }): DojoCheck<Params> {
  return {
    type: 'http-probe',
    params: CHECK_TYPES['http-probe'].params as DojoCheck<Params>['params'],
    assurance: 'observed',
    needs: () => (deps.allow.size === 0 ? sayDojo('probe.none') : undefined),
    async evaluate({ params, nonce, answer }) {
      const withNonce = (text: string) => text.replaceAll('{nonce}', nonce);
      const address = params.url ? withNonce(params.url) : answer?.trim() ?? '';
      const probed = await probe(address, deps);
      const observedAt = new Date(now());
      const fail = (why: Said): CheckAnswer => ({
        verdict: 'fail',
        observedAt,
        why,
      });
      if (probed.outcome !== 'answer') return fail(saidOf(probed));
      const need = Number(params.status ?? 200);
      const { status, body, url } = probed;
      if (status !== need)
        return fail(sayDojo('probe.status', { status, need }));
      const contains = params.contains && withNonce(params.contains);
      if (contains && !body.includes(contains)) {
        return fail(sayDojo('probe.contains'));
      }
      const { host, pathname } = new URL(url);
      return {
        verdict: 'pass',
        observedAt,
        evidence: {
          source: host,
          // Its query may hold what is nobody's business.
          fact: { host, path: pathname, status, contains: contains ?? null },
          ...(params.url === undefined && { claim: `${host}${pathname}` }),
        },
      };
    },
  };
}

function saidOf(probed: Exclude<Probed, { outcome: 'answer' }>): Said {
  switch (probed.outcome) {
    case 'no-address':
      return sayDojo('probe.no_address');
    case 'not-allowed':
      return sayDojo('probe.not_allowed', { host: probed.host });
    case 'private':
      return sayDojo('probe.private', { host: probed.host });
    case 'silent': {
      const seconds = PROBE_LIMITS.ms / 1_000;
      return sayDojo('probe.silent', { host: probed.host, seconds });
    }
    case 'large':
      return sayDojo('probe.large', { kib: PROBE_LIMITS.bytes / 1_024 });
    default:
      return sayDojo('probe.redirect');
  }
}
