import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import type { LiveFact } from '@fawkes/backstage-plugin-dojo-common/rules';
import type {
  CheckChoice,
  CheckQuestion,
  DojoCheck,
} from '@fawkes/backstage-plugin-dojo-node';
import type { LabCatalog } from './candidates';

/** What content says to `answer-live`. */
export interface LiveParams {
  fact: LiveFact;
  entity?: string;
  days?: string;
}

/** What `answer-live` asks. */
export interface LiveDeps {
  catalog: LabCatalog;
  delivery: Pick<DeliveryService, 'metrics' | 'deployments'>;
  now(): number;
}

/** One kind of fact a learner can be asked for. */
export interface LiveKind {
  choose(
    choice: CheckChoice<LiveParams>,
  ): ReturnType<NonNullable<DojoCheck['choose']>>;
  /** The answer is there. */
  evaluate(
    question: CheckQuestion<LiveParams> & { answer: string },
  ): ReturnType<DojoCheck['evaluate']>;
}
