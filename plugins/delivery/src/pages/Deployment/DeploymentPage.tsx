import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { Loaded } from '@fawkes/kit-ui/query';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { RebuildNote } from '../../components/facts';
import { QueryProvider, useDeployment, useLiveDelivery } from '../../hooks';
import { deploymentRouteRef } from '../../routes';
import { deliveryTranslationRef } from '../../translation';
import { Contents } from './Contents';
import styles from './Deployment.module.css';
import { DeploymentHeader } from './DeploymentHeader';
import { Failure } from './Failure';
import { Incidents } from './Incidents';
import { Labels } from './Labels';
import { MarkSection } from './MarkSection';
import { Neighbours } from './Neighbours';

/** One deployment: what it was, what it carried, and how it went. @public */
export function DeploymentPage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { key } = useRouteRefParams(deploymentRouteRef);
  const query = useDeployment(key);
  useLiveDelivery();
  return (
    <Loaded
      query={query}
      skeleton={<PageSkeleton label={t('fact.deployment.loading')} />}
      errorTitle={t('fact.deployment.loadFailed')}
      asOf={data => data.asOf}
      frame={Container}
    >
      {data => (
        <>
          <DeploymentHeader data={data} />
          <Container>
            <div className={styles.page}>
              {data.rebuilding ? <RebuildNote /> : null}
              <Neighbours data={data} />
              <Labels data={data} />
              {data.deployment.failed || data.causes.length > 0 ? (
                <Failure data={data} />
              ) : null}
              <Contents data={data} />
              <Incidents data={data} />
              {/* A new key, so that a half-written reason stays with its deployment. */}
              <MarkSection key={key} data={data} />
            </div>
          </Container>
        </>
      )}
    </Loaded>
  );
}
