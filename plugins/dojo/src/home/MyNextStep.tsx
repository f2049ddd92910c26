import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import { StepCard } from '../components/StepCard';
import { QueryProvider, useDojo, usePaths } from '../hooks';
import { dojoTranslationRef } from '../translation';
import styles from './home.module.css';

/** What the card of {@link MyNextStep} is called. @public */
export function MyNextStepTitle() {
  const { t } = useTranslationRef(dojoTranslationRef);
  return <>{t('home.title')}</>;
}

/** The next lesson or quiz of the person. @public */
export function MyNextStep() {
  return (
    <QueryProvider>
      <Step />
    </QueryProvider>
  );
}

function Step() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  return (
    <Loaded
      query={useDojo()}
      skeleton={<TableSkeleton rows={2} label={t('state.loading')} />}
      errorTitle={t('state.failed')}
    >
      {({ curricula, next }) =>
        curricula.length === 0 ? (
          <EmptyState
            title={t('state.none.title')}
            description={t('state.none.text')}
          />
        ) : (
          <div className={styles.widget}>
            <StepCard step={next} />
            <Link href={paths.root()}>{t('home.all')}</Link>
          </div>
        )
      }
    </Loaded>
  );
}
