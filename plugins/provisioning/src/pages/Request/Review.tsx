import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Badge } from '@backstage/ui';
import {
  refusalOf,
  type FileChange,
  type ProvisioningRequest,
  type Revision,
} from '@fawkes/backstage-plugin-provisioning-common';
import { ExternalLink, layout, Section } from '@fawkes/kit-ui/values';
import { RiGitMergeLine } from '@remixicon/react';
import { ActionDialog } from '../../components/access';
import { DiffText } from '../../components/files';
import parts from '../../components/request/request.module.css';
import { SaidList } from '../../components/words';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** An update to look at: what it changes file by file, where it meets people's changes, merge. */
export function Review({
  request,
  revision,
}: {
  request: ProvisioningRequest;
  revision: Revision;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id, allowances } = request;
  const { review } = revision;
  const merge = useCommand((api, head: string) =>
    api.merge({ id, body: { revision: revision.revision, head } }),
  );
  if (!review) return null;
  const { head, files, url, branch, state } = review;
  const conflicts = files.filter(({ change }) => change === 'conflict');
  return (
    <Section
      title={t('review.title', { revision: String(revision.revision) })}
      description={t('review.text', { branch })}
      actions={
        head && state === 'open' && !url ? (
          <ActionDialog
            allowances={allowances}
            action="merge"
            label={t('review.merge')}
            variant="primary"
            icon={<RiGitMergeLine aria-hidden />}
            confirm={t('review.mergeDo')}
            isPending={merge.isPending}
            error={merge.error}
            onConfirm={() => merge.mutateAsync(head)}
            onReset={merge.reset}
          >
            <p>{t('review.mergeText', { head: head.slice(0, 10) })}</p>
            {conflicts.length > 0 ? <p>{t('review.mergeConflicts')}</p> : null}
            {refusalOf(merge.error)?.code === 'STALE_HEAD' ? (
              <p>{t('review.stale')}</p>
            ) : null}
          </ActionDialog>
        ) : undefined
      }
    >
      {state === 'preparing' ? (
        <p role="status">{t('review.preparingText')}</p>
      ) : null}
      {url ? (
        <p>
          <ExternalLink href={url}>{t('review.elsewhere')}</ExternalLink>
        </p>
      ) : null}
      <SaidList items={revision.changes} />
      {conflicts.length > 0 ? (
        <Alert
          status="warning"
          icon
          title={t('review.conflicts', { count: conflicts.length })}
          description={t('review.conflictsText')}
        />
      ) : null}
      {files.length === 0 && state === 'open' ? (
        <p className={layout.quiet}>{t('review.noFiles')}</p>
      ) : null}
      {files.map(file => (
        <OneFile key={file.path} file={file} />
      ))}
    </Section>
  );
}

function OneFile({ file }: { file: FileChange }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <details open={file.change === 'conflict'}>
      <summary className={parts.runHead}>
        <span className={layout.code}>{file.path}</span>
        <Badge size="small">{t(`review.change.${file.change}`)}</Badge>
      </summary>
      {file.diff === null ? (
        <p className={layout.quiet}>{t('review.noDiff')}</p>
      ) : (
        <DiffText
          diff={file.diff}
          label={t('review.diffOf', { path: file.path })}
        />
      )}
    </details>
  );
}
