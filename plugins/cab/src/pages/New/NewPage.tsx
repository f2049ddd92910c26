import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import { EntityName } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { layout, MaybeLink } from '@fawkes/kit-ui/values';
import { useSearchParams } from 'react-router-dom';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { useEnvironments } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import { RequestForm } from './RequestForm';

const isRef = (text: string) => /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(text);

/** Asking for a change to the entity the address names. */
export function NewPage() {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const [search] = useSearchParams();
  const environments = useEnvironments();
  const entityRef = (search.get('entity') ?? '').slice(0, 512).toLowerCase();
  const isThere = isRef(entityRef);
  const tab = isThere ? paths.entity(entityRef, '/changes') : undefined;
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('list.title'), href: paths.home() },
            ...(tab ? [{ label: entityRef.split('/')[1], href: tab }] : []),
          ]}
        />
      </Container>
      <Header
        title={t('form.title')}
        metadata={
          isThere
            ? [
                {
                  label: t('form.of'),
                  value: (
                    <MaybeLink href={paths.entity(entityRef)}>
                      <EntityName entityRef={entityRef} />
                    </MaybeLink>
                  ),
                },
              ]
            : undefined
        }
      />
      <Container>
        <div className={layout.page}>
          {isThere ? (
            <Answer
              query={environments}
              skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
              errorTitle={t('form.environmentsFailed')}
            >
              {({ items }) => (
                <RequestForm
                  key={entityRef}
                  entityRef={entityRef}
                  environments={items}
                />
              )}
            </Answer>
          ) : (
            <EmptyState
              headingLevel="h2"
              title={t('form.noEntity')}
              description={t('form.noEntityText')}
            />
          )}
        </div>
      </Container>
    </>
  );
}
