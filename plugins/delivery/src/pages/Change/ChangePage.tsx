import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import type { ChangeResponse } from '@fawkes/backstage-plugin-delivery-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, PageSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { ExternalLink, Section } from '@fawkes/kit-ui/values';
import { RebuildNote, usePaths } from '../../components/facts';
import { InstantList } from '../../components/timeline';
import { QueryProvider, useChange, useLiveDelivery } from '../../hooks';
import { changeRouteRef } from '../../routes';
import { deliveryTranslationRef } from '../../translation';
import styles from './Change.module.css';
import { Destination } from './Destination';

/** One change: its moments in order, and where it went. @public */
export function ChangePage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { key } = useRouteRefParams(changeRouteRef);
  const query = useChange(key);
  useLiveDelivery();
  return (
    <Loaded
      query={query}
      skeleton={<PageSkeleton label={t('fact.change.loading')} />}
      errorTitle={t('fact.change.loadFailed')}
      asOf={data => data.asOf}
      frame={Container}
    >
      {data => (
        <>
          <ChangeHeader change={data.change} />
          <Container>
            <div className={styles.page}>
              {data.rebuilding ? <RebuildNote /> : null}
              <Section title={t('fact.change.moments')}>
                {data.change.timeline.length > 0 ? (
                  <InstantList
                    instants={data.change.timeline}
                    label={t('fact.change.moments')}
                  />
                ) : (
                  <p className={styles.quiet}>{t('fact.change.noMoments')}</p>
                )}
              </Section>
              <Section title={t('fact.change.destinations')}>
                {data.deployments.length > 0 ? (
                  <ul className={styles.destinations}>
                    {data.deployments.map(each => (
                      <Destination key={each.deployment.key} {...each} />
                    ))}
                  </ul>
                ) : (
                  <EmptyState
                    headingLevel="h4"
                    title={t('fact.change.nowhere')}
                    description={t('fact.change.nowhereText')}
                  />
                )}
              </Section>
            </div>
          </Container>
        </>
      )}
    </Loaded>
  );
}

function ChangeHeader({ change }: { change: ChangeResponse['change'] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const home = usePaths().home();
  const name =
    change.kind === 'pull_request' ? `#${change.id}` : change.id.slice(0, 10);
  const metadata = [
    { label: t('fact.repository'), value: change.repository },
    {
      label: t(`fact.change.kind.${change.kind}`),
      value: <ExternalLink href={change.url}>{name}</ExternalLink>,
    },
    ...(change.kind === 'pull_request'
      ? [
          {
            label: t('fact.change.commits'),
            value: String(change.commits.length),
          },
        ]
      : []),
  ];
  return (
    <>
      <Container>
        <WayBack trail={[{ label: t('page.title'), href: home }]} />
      </Container>
      <Header title={change.title ?? name} metadata={metadata} />
    </>
  );
}
