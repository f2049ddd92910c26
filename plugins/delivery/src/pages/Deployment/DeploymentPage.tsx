import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { ErrorState, PageSkeleton, StaleNote } from '../../components/states';
import { QueryProvider, useDeployment, useLiveDelivery } from '../../hooks';
import { deploymentRouteRef } from '../../routes';
import { deliveryTranslationRef } from '../../translation';
import { Contents } from './Contents';
import styles from './Deployment.module.css';
import { DeploymentHeader } from './DeploymentHeader';
import { Failure } from './Failure';
import { Incidents } from './Incidents';
import { MarkSection } from './MarkSection';
import { Neighbours } from './Neighbours';

/** One deployment: what it was, what it carried, and how it went. @public */
export function DeploymentPage() {
  return (
    <QueryProvider>
      <Loaded />
    </QueryProvider>
  );
}

function Loaded() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { key } = useRouteRefParams(deploymentRouteRef);
  const { data, error, isFetching, refetch } = useDeployment(key);
  useLiveDelivery();

  if (!data) {
    return (
      <Container>
        {error ? (
          <ErrorState
            title={t('fact.deployment.loadFailed')}
            error={error}
            onRetry={refetch}
            isRetrying={isFetching}
          />
        ) : (
          <PageSkeleton label={t('fact.deployment.loading')} />
        )}
      </Container>
    );
  }
  return (
    <>
      <DeploymentHeader data={data} />
      <Container>
        <div className={styles.page}>
          <Neighbours data={data} />
          {data.deployment.failed || data.causes.length > 0 ? (
            <Failure data={data} />
          ) : null}
          <Contents data={data} />
          <Incidents data={data} />
          {/* A new key, so that a half-written reason stays with its deployment. */}
          <MarkSection key={key} data={data} />
          <StaleNote
            asOf={data.asOf}
            isUpdating={isFetching}
            hasFailed={error !== null}
          />
        </div>
      </Container>
    </>
  );
}
