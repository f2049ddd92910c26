import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Header } from '@backstage/ui';
import { layout } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { cabTranslationRef } from '../../translation';
import { AllChanges } from './AllChanges';
import { Delegations } from './Delegations';
import { Exceptions } from './Exceptions';
import { Queue } from './Queue';
import { Unauthorized } from './Unauthorized';

/** What waits for the person, then everything else. */
export function BoardPage() {
  const { t } = useTranslationRef(cabTranslationRef);
  const calendar = usePaths().calendar();
  return (
    <>
      <Header
        title={t('list.title')}
        customActions={
          calendar ? (
            <ButtonLink variant="secondary" href={calendar}>
              {t('calendar.open')}
            </ButtonLink>
          ) : undefined
        }
      />
      <Container>
        <div className={layout.page}>
          <Queue />
          <Delegations />
          <Exceptions />
          <Unauthorized />
          <AllChanges />
        </div>
      </Container>
    </>
  );
}
