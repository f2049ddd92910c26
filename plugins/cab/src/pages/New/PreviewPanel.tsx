import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import {
  commitSchema,
  type Preview,
} from '@fawkes/backstage-plugin-cab-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { Answer } from '../../components/installed';
import { windowOf, type Draft } from '../../components/plan';
import { RiskView } from '../../components/risk';
import { usePreview } from '../../hooks';
import { cabTranslationRef } from '../../translation';

/** What {@link PreviewPanel} takes. */
export interface PreviewPanelProps {
  entityRef: string;
  environment: string;
  draft: Draft;
}

/** The risk as it would be, while one fills in the form. */
export function PreviewPanel({
  entityRef,
  environment,
  draft,
}: PreviewPanelProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  const headSha = commitSchema.safeParse(draft.headSha.trim()).data;
  const query = usePreview(
    environment
      ? {
          entityRef,
          environment,
          ...(headSha && { headSha }),
          window: windowOf(draft) ?? null,
        }
      : undefined,
  );
  return (
    <Section title={t('preview.title')} description={t('preview.text')}>
      {environment ? (
        <Answer
          query={query}
          skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
          errorTitle={t('preview.failed')}
          dims
        >
          {preview => (
            <div className={layout.stack} aria-live="polite">
              <Asked preview={preview} environment={environment} />
              <RiskView risk={preview} />
            </div>
          )}
        </Answer>
      ) : (
        <Text as="p" variant="body-medium" color="secondary">
          {t('preview.choose')}
        </Text>
      )}
    </Section>
  );
}

/** Whom it would be asked of, or what stands in the way before that. */
function Asked({
  preview: { asks, missingEvidence },
  environment,
}: {
  preview: Preview;
  environment: string;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const titleOf = useEntityTitles(asks.pool);
  if (missingEvidence.length > 0) {
    return (
      <Alert
        status="info"
        icon
        title={t('form.evidence', { environment })}
        description={t('form.evidenceText', {
          kinds: missingEvidence
            .map(kind => t(`evidence.kind.${kind}`))
            .join(', '),
        })}
      />
    );
  }
  return (
    <Text as="p" variant="body-medium">
      {t('preview.asks', {
        count: asks.min,
        pool: asks.pool.map(titleOf).join(', '),
      })}
    </Text>
  );
}
