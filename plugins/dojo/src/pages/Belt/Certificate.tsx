import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link } from '@backstage/ui';
import {
  certificateFileKinds,
  certificateFileName,
  type Award,
  type CertificateFileKind,
} from '@fawkes/backstage-plugin-dojo-common';
import { downloadBlob } from '@fawkes/kit-ui/charts';
import { useMutation } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { dojoApiRef } from '../../api';
import { dojoTranslationRef } from '../../translation';

/** The certificate of an award: where it can be verified, and files to take along. */
export function Certificate({ award, belt }: { award: Award; belt: string }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const api = useApi(dojoApiRef);
  const { credential, id } = award;
  const take = useMutation({
    mutationFn: async (kind: CertificateFileKind) => {
      const response = await api.getCertificateFile({ award: id, kind });
      downloadBlob(certificateFileName(belt, kind), await response.blob());
    },
  });
  if (!credential) {
    return (
      <Section title={t('certificate.title')}>
        <p role="status">{t('certificate.making')}</p>
      </Section>
    );
  }
  return (
    <Section
      title={t('certificate.title')}
      description={t('certificate.inFile')}
    >
      <p>
        {t(`certificate.${credential.state}`)}{' '}
        <Link href={credential.verifyUrl} target="_blank">
          {t('certificate.verify')}
        </Link>
      </p>
      {take.isError ? (
        <ErrorState title={t('certificate.failed')} error={take.error} />
      ) : null}
      <div className={layout.row}>
        {certificateFileKinds.map(kind => (
          <Button
            key={kind}
            variant={kind === 'pdf' ? 'primary' : 'secondary'}
            isPending={take.isPending && take.variables === kind}
            onPress={() => take.mutate(kind)}
          >
            {t(`certificate.file_${kind}`)}
          </Button>
        ))}
      </div>
    </Section>
  );
}
