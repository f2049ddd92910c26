import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Container, Header } from '@backstage/ui';
import type { TemplatesResponse } from '@fawkes/backstage-plugin-provisioning-common';
import {
  EmptyState,
  PageSkeleton,
  Stepper,
  WayBack,
} from '@fawkes/kit-ui/states';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { specOf, useKeptDraft, withOnlyHost } from '../../components/form';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { PlanStep, usePlanning, type CarryOut } from '../../components/plan';
import { SaidText } from '../../components/words';
import { QueryProvider, useMe, useTemplates } from '../../hooks';
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
  const templates = useTemplates();
  const me = useMe();
  return (
    <>
      <Container>
        <WayBack trail={[{ label: t('list.title'), href: paths.home() }]} />
      </Container>
      <Header title={t('new.title')} />
      <Answer
        query={me.data === undefined ? { ...me, data: undefined } : templates}
        skeleton={<PageSkeleton label={t('state.loading')} />}
        errorTitle={t('new.loadFailed')}
        frame={Container}
      >
        {offered => (
          <Container>
            {offered.hosts.some(({ available }) => available) ? (
              <Asking offered={offered} me={me.data!} />
            ) : (
              <Nowhere hosts={offered.hosts} />
            )}
          </Container>
        )}
      </Answer>
    </>
  );
}

/** No repository can be made anywhere: a form would lead nowhere. */
function Nowhere({ hosts }: Pick<TemplatesResponse, 'hosts'>) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <EmptyState
      headingLevel="h2"
      title={t('new.nowhere')}
      description={
        <>
          {t('new.nowhereText')}
          <dl className={styles.hosts}>
            {hosts.map(({ host, words }) => (
              <div key={host}>
                <dt>{t(`host.${host}`)}</dt>
                <dd>
                  <SaidText said={words} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      }
    />
  );
}

/** The form, then its plan; what was filled in is still there after a reload. */
function Asking({ offered, me }: { offered: TemplatesResponse; me: string }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const practice = search.get('practice') === 'true';
  const template = search.get('template');
  const planning = usePlanning();
  const form = useKeptDraft(me, template ? { template } : {});
  const { items, hosts, paused } = offered;
  const draft = withOnlyHost(form.draft, hosts);
  const { plan } = planning;

  const carryOut = async (how: CarryOut) => {
    const answer = await planning.carryOut({ ...how, practice });
    if (!answer) return;
    form.sent();
    const href = paths.request(answer.id);
    if (href) navigate(href);
  };

  return (
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
        <>
          {form.isKept ? (
            <div className={styles.kept}>
              <span role="status">{t('new.kept')}</span>
              <Button
                size="small"
                variant="tertiary"
                onPress={() => {
                  form.startAnew();
                  planning.forget();
                }}
              >
                {t('new.startAnew')}
              </Button>
            </div>
          ) : null}
          <AskForm
            key={form.begun}
            takesFocus={form.begun > 0}
            templates={items}
            hosts={hosts}
            draft={draft}
            onChange={form.change}
            isPlanning={planning.isPlanning}
            error={planning.planError}
            onPlan={() => {
              const { spec, faults } = specOf(
                draft,
                items.find(({ name }) => name === draft.template),
              );
              if (spec) {
                planning.look({ kind: 'service', name: draft.name, spec });
              }
              return faults;
            }}
          />
        </>
      )}
    </div>
  );
}
