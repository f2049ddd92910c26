import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { WayBack } from '@fawkes/kit-ui/states';
import { Instant, MaybeLink } from '@fawkes/kit-ui/values';
import {
  REQUEST_PARTS,
  usePaths,
  type RequestPart,
} from '../../components/paths';
import { RequestStateLabel } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';
import styles from './Request.module.css';

/** What it is called, how it stands, whose it is, and the parts of the page. */
export function RequestHeader({
  request,
  part,
}: {
  request: ProvisioningRequest;
  part?: RequestPart;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const { id, state, owner, requester, entityRef, spec, createdAt } = request;
  const isInCatalog = request.links.some(({ kind }) => kind === 'component');
  // Most are called by their name, which then stands above already.
  const names =
    request.title === request.name
      ? []
      : [
          {
            label: t('request.entity'),
            value: (
              <MaybeLink
                href={isInCatalog ? paths.entity(entityRef) : undefined}
              >
                {request.name}
              </MaybeLink>
            ),
          },
        ];
  const linked = (ref: string) => (
    <MaybeLink href={paths.entity(ref)}>
      <EntityName entityRef={ref} />
    </MaybeLink>
  );
  const tabs = [undefined, ...REQUEST_PARTS].map(each => ({
    id: each ?? 'overview',
    label: t(`request.part.${each ?? 'overview'}`),
    href: paths.request(id, each) ?? '',
  }));
  return (
    <>
      <Container>
        <WayBack trail={[{ label: t('list.title'), href: paths.home() }]} />
      </Container>
      <div className={styles.head}>
        <Header
          title={request.title}
          metadata={[
            {
              label: t('list.column.state'),
              value: <RequestStateLabel state={state} />,
            },
            ...names,
            {
              label: t('list.column.owner'),
              value: linked(owner),
            },
            {
              label: t('request.requester'),
              value: linked(requester),
            },
            {
              label: t('list.column.template'),
              value: `${spec.template.name} ${spec.template.version}`,
            },
            { label: t('request.created'), value: <Instant at={createdAt} /> },
          ]}
          tabs={tabs}
          activeTabId={part ?? 'overview'}
        />
      </div>
    </>
  );
}
