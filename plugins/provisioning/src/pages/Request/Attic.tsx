import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { Instant, layout, Section, useFormat } from '@fawkes/kit-ui/values';
import { RiDownloadLine } from '@remixicon/react';
import { ActionButton, Refused } from '../../components/access';
import { formatBytes } from '../../components/files';
import { commandsOf } from '../../components/request';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { saveBytes } from './saveBytes';

/** The deleted repository, for thirty days. */
export function Attic({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { locale } = useFormat();
  const { id, allowances, name } = request;
  const fetching = useCommand(async api => {
    const kept = await api.getAttic({ id });
    saveBytes(kept.fileName, kept.bytes);
    return kept;
  });
  if (!commandsOf(request).attic) return null;
  const { data } = fetching;
  return (
    <Section title={t('attic.title')} description={t('attic.text')}>
      <div>
        <ActionButton
          allowances={allowances}
          action="attic"
          label={t('attic.get')}
          icon={<RiDownloadLine aria-hidden />}
          isPending={fetching.isPending}
          onPress={() => fetching.mutate(undefined)}
        />
      </div>
      <Refused error={fetching.error} title={t('attic.failed')} />
      <div role="status" className={layout.small}>
        {data ? (
          <>
            {t('attic.got', {
              file: data.fileName,
              size: formatBytes(data.size, locale),
            })}{' '}
            {t('attic.until')} <Instant at={data.keptUntil} />.{' '}
            {t('attic.open')}{' '}
            <code className={layout.code}>
              git clone {data.fileName} {name}
            </code>
          </>
        ) : null}
      </div>
    </Section>
  );
}
