import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import {
  CHECK_TYPES,
  type LiveFact,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import type { LiveDeps, LiveKind, LiveParams } from './liveKind';
import { liveOwner } from './liveOwner';
import { liveRate } from './liveRate';

/**
 * The learner types in what the portal says: right when it is what was shown, or
 * what is shown now. What is right is never said, only where to look.
 */
export function answerLive(deps: LiveDeps): DojoCheck<LiveParams> {
  const kinds: Record<LiveFact, LiveKind> = {
    owner: liveOwner(deps),
    'change-fail-rate': liveRate('change-fail-rate', deps),
    'deployment-rework-rate': liveRate('deployment-rework-rate', deps),
  };
  return {
    type: 'answer-live',
    params: CHECK_TYPES['answer-live']
      .params as DojoCheck<LiveParams>['params'],
    assurance: 'observed',
    choose: choice => kinds[choice.params.fact].choose(choice),
    async evaluate(question) {
      const { answer, params } = question;
      if (answer === undefined || answer.trim() === '') {
        const observedAt = new Date(deps.now());
        return { verdict: 'fail', observedAt, why: sayDojo('live.empty') };
      }
      return kinds[params.fact].evaluate({ ...question, answer });
    },
  };
}
