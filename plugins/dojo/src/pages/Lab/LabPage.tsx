import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Container, Header } from '@backstage/ui';
import type { Lab } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import { Markdown } from '../../components/Markdown';
import { StandingBadge } from '../../components/StandingBadge';
import { useLab, usePaths, type LabPlace } from '../../hooks';
import { examLabRouteRef, labRouteRef } from '../../routes';
import { dojoTranslationRef } from '../../translation';
import { Before } from './Before';
import { Going } from './Going';
import styles from './Lab.module.css';

/** A lab of a module: its task, its steps, and how they stand. */
export function LabPage() {
  const { module, lab } = useRouteRefParams(labRouteRef);
  return <Page place={{ module }} lab={lab} />;
}

/** A lab of an exam. */
export function ExamLabPage() {
  const { belt, lab } = useRouteRefParams(examLabRouteRef);
  return <Page place={{ belt }} lab={lab} />;
}

function Page({ place, lab }: { place: LabPlace; lab: string }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Loaded
      query={useLab(place, lab)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('lab.failed')}
      frame={Container}
    >
      {data => <Content key={data.id} data={data} />}
    </Loaded>
  );
}

function Content({ data }: { data: Lab }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const { module, belt, run } = data;
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('page.title'), href: paths.root() },
            ...(module
              ? [{ label: module.title, href: paths.module(module.slug) }]
              : []),
            ...(belt
              ? [
                  {
                    label: t('belt.title', { belt: belt.title }),
                    href: paths.belt(belt.slug),
                  },
                ]
              : []),
          ]}
        />
      </Container>
      <Header
        title={data.title}
        metadata={[
          {
            label: t('module.standing'),
            value: <StandingBadge standing={data.standing} />,
          },
          {
            label: t('module.time'),
            value: t('minutes', { count: data.minutes }),
          },
        ]}
      />
      <Container>
        <div className={styles.page}>
          {data.keepsProgress ? null : (
            <Alert status="info" icon title={t('guest.note')} />
          )}
          <Section title={t('lab.task')}>
            <Markdown lang={data.locale} drawings={data.drawings}>
              {data.markdown}
            </Markdown>
          </Section>
          {run ? (
            <Going key={run.id} lab={data} run={run} />
          ) : (
            <Before lab={data} />
          )}
        </div>
      </Container>
    </>
  );
}
