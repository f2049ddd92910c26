import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Container, Header } from '@backstage/ui';
import { PageSkeleton, Stepper, WayBack } from '@fawkes/kit-ui/states';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import {
  EMPTY_DRAFT,
  specOf,
  withOnlyHost,
  type Draft,
} from '../../components/form';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { PlanStep, usePlanning, type CarryOut } from '../../components/plan';
import { SaidText } from '../../components/words';
import { QueryProvider, useTemplates } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { AskForm } from './AskForm';
import styles from './New.module.css';

/**
 * Asking for a new service: a form that answers while one types, then the plan,
 * then one button. `?template=` chooses one; `?practice=true` asks for one to
 * learn with, which ends by itself.
 * @public
 */
export function NewPage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const practice = search.get('practice') === 'true';
  const templates = useTemplates();
  const planning = usePlanning();
  const [typed, setDraft] = useState<Draft>({
    ...EMPTY_DRAFT,
    template: search.get('template') ?? '',
  });
  const { plan } = planning;

  const carryOut = async (how: CarryOut) => {
    const answer = await planning.carryOut({ ...how, practice });
    const href = answer && paths.request(answer.id);
    if (href) navigate(href);
  };

  return (
    <>
      <Container>
        <WayBack trail={[{ label: t('list.title'), href: paths.home() }]} />
      </Container>
      <Header title={t('new.title')} />
      <Answer
        query={templates}
        skeleton={<PageSkeleton label={t('state.loading')} />}
        errorTitle={t('new.loadFailed')}
        frame={Container}
      >
        {({ items, hosts, paused }) => {
          const draft = withOnlyHost(typed, hosts);
          return (
            <Container>
              <div className={styles.layout}>
                <div className={styles.steps}>
                  <Stepper
                    label={t('new.steps')}
                    steps={[
                      {
                        key: 'form',
                        label: t('new.step.form'),
                        state: plan ? 'done' : 'current',
                      },
                      {
                        key: 'plan',
                        label: t('new.step.plan'),
                        state: plan ? 'current' : 'waiting',
                      },
                      {
                        key: 'make',
                        label: t('new.step.make'),
                        state: 'waiting',
                      },
                    ]}
                  />
                </div>
                {paused ? (
                  <Alert
                    status="warning"
                    icon
                    title={t('new.paused')}
                    description={<SaidText said={paused} />}
                  />
                ) : null}
                {practice ? (
                  <Alert
                    status="info"
                    icon
                    title={t('new.practice')}
                    description={t('new.practiceText')}
                  />
                ) : null}
                {plan ? (
                  <PlanStep
                    planning={planning}
                    plan={plan}
                    makeLabel={t('plan.make')}
                    isPaused={paused !== null}
                    onCarryOut={carryOut}
                  />
                ) : (
                  <AskForm
                    templates={items}
                    hosts={hosts}
                    draft={draft}
                    onChange={patch => setDraft(now => ({ ...now, ...patch }))}
                    isPlanning={planning.isPlanning}
                    error={planning.planError}
                    onPlan={() => {
                      const template = items.find(
                        ({ name }) => name === draft.template,
                      );
                      const { spec, faults } = specOf(draft, template);
                      if (spec) {
                        planning.look({
                          kind: 'service',
                          name: draft.name,
                          spec,
                        });
                      }
                      return faults;
                    }}
                  />
                )}
              </div>
            </Container>
          );
        }}
      </Answer>
    </>
  );
}
