import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useParams } from 'react-router-dom';
import { Answer } from '../../components/installed';
import { useChange } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import own from './Change.module.css';
import { ChangeHeader } from './ChangeHeader';
import { Actions } from './Actions';
import { EvidenceSection } from './evidence';
import { ExceptionsSection } from './ExceptionsSection';
import { GateSection } from './GateSection';
import { History } from './History';
import { PlanSection } from './PlanSection';
import { QueueBar } from './QueueBar';
import { RiskSection } from './RiskSection';
import { StepsSection } from './StepsSection';
import { VerifySection } from './VerifySection';
import { VotesSection } from './VotesSection';

/** One change request: may it ship, who said so, and why. */
export function ChangePage() {
  const { t } = useTranslationRef(cabTranslationRef);
  const { id = '' } = useParams();
  return (
    <Answer
      query={useChange(id)}
      skeleton={<PageSkeleton label={t('state.loading')} />}
      errorTitle={t('change.loadFailed')}
      frame={Container}
      asOf={({ asOf }) => asOf}
    >
      {change => <Page key={change.id} change={change} />}
    </Answer>
  );
}

function Page({ change }: { change: Change }) {
  return (
    <>
      <ChangeHeader change={change} />
      <Container>
        <div className={layout.page}>
          <QueueBar change={change} />
          <div className={own.columns}>
            <div className={own.column}>
              <GateSection change={change} />
              <StepsSection change={change} />
              <Actions change={change} />
            </div>
            <div className={own.column}>
              <VotesSection change={change} />
            </div>
          </div>
          <div className={own.columns}>
            <div className={own.column}>
              <PlanSection change={change} />
            </div>
            <div className={own.column}>
              <RiskSection change={change} />
            </div>
          </div>
          <ExceptionsSection change={change} />
          <EvidenceSection change={change} />
          <History change={change} />
          <VerifySection change={change} />
        </div>
      </Container>
    </>
  );
}
