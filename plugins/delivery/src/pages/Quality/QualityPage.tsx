import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Loaded } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { RebuildNote } from '../../components/facts';
import {
  QueryProvider,
  useIntake,
  useLiveDelivery,
  useQuality,
} from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import { Annotations } from './Annotations';
import { Coverage } from './Coverage';
import { IntakeStatus } from './IntakeStatus';
import { Matrix } from './Matrix';
import styles from './Quality.module.css';
import { RejectedEvents } from './RejectedEvents';
import { SampleRemoval } from './SampleRemoval';
import { ScopeNote } from './ScopeNote';
import { Sources } from './Sources';
import { UnknownCauses } from './UnknownCauses';
import { Unmapped } from './Unmapped';

/**
 * Data quality: what is known, what is missing, and what to do about it.
 * `?scope=` (may repeat) narrows it to catalog entities.
 * @public
 */
export function QualityPage() {
  return (
    <QueryProvider>
      <Parts />
    </QueryProvider>
  );
}

/** Each part loads and fails by itself: they need different permissions. */
function Parts() {
  const [search] = useSearchParams();
  const scope = useMemo(() => search.getAll('scope'), [search]);
  useLiveDelivery();
  return (
    <Container>
      <div className={styles.page}>
        <ScopeNote scope={scope} />
        <Rebuilding scope={scope} />
        <IntakeStatus />
        <Known scope={scope} />
        <Sources />
        <RejectedEvents />
      </div>
    </Container>
  );
}

/** Who may not read the intake is told by the rest of the page. */
function Rebuilding({ scope }: { scope: string[] }) {
  const intake = useIntake();
  const quality = useQuality(scope);
  const rebuild = intake.data?.rebuild;
  return rebuild || quality.data?.rebuilding ? (
    <RebuildNote left={rebuild?.left} />
  ) : null;
}

function Known({ scope }: { scope: string[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Loaded
      query={useQuality(scope)}
      skeleton={<TableSkeleton rows={10} label={t('fact.quality.loading')} />}
      errorTitle={t('fact.quality.loadFailed')}
      asOf={data => data.asOf}
      dims
    >
      {data => (
        <div className={styles.parts}>
          <Coverage quality={data} />
          <Matrix services={data.services} />
          <Annotations quality={data} />
          <UnknownCauses quality={data} />
          <Unmapped quality={data} />
          {data.services.some(service => service.sample) ? (
            <SampleRemoval />
          ) : null}
        </div>
      )}
    </Loaded>
  );
}
