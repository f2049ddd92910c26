import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  EvidenceItem,
  EvidenceState,
} from '@fawkes/backstage-plugin-cab-common';
import { downloadBlob } from '@fawkes/kit-ui/charts';
import { EntityName, SaidText, useMutation } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import {
  Instant,
  layout,
  StateLabel,
  useFormat,
  type Tone,
} from '@fawkes/kit-ui/values';
import { cabApiRef } from '../../../api';
import { cabTranslationRef } from '../../../translation';
import own from '../Change.module.css';
import { Says, useSummary } from './Says';

const TONES: Record<EvidenceState, Tone> = {
  parsed: 'care',
  verified: 'good',
  failed: 'bad',
  waived: 'over',
};

/** One piece: how far it is trusted, what it says, who attached it, and its bytes. */
export function Piece({
  changeId,
  item,
  canDownload,
}: {
  changeId: string;
  item: EvidenceItem;
  canDownload: boolean;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const summary = useSummary();
  const { locale } = useFormat();
  const kind = t(`evidence.kind.${item.kind}`);
  const counts = item.inPack;
  const kilobytes = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 1,
  }).format(item.size / 1000);
  return (
    <li className={layout.item}>
      <span className={layout.spread}>
        <StateLabel tone={counts ? TONES[item.state] : 'over'}>
          <strong>{kind}</strong>: {t(`evidence.state.${item.state}`)}
        </StateLabel>
        <span className={layout.small}>
          <Instant at={item.receivedAt} />
        </span>
      </span>
      {item.says ? <p className={own.text}>{summary(item.says)}</p> : null}
      {item.why ? (
        <p className={own.text}>
          <SaidText said={item.why} />.
        </p>
      ) : null}
      {counts ? null : (
        <p className={layout.small}>
          {t(item.superseded ? 'evidence.superseded' : 'evidence.waiting')}
        </p>
      )}
      <span className={layout.small}>
        {t('evidence.by')} <Producer producer={item.producer} /> ·{' '}
        {t('evidence.size', { size: kilobytes })} · {t('evidence.digest')}{' '}
        <span className={layout.code} title={item.sha256}>
          {item.sha256.slice(0, 12)}
        </span>
      </span>
      {item.says ? <Says says={item.says} /> : null}
      {canDownload && item.says?.kind !== 'waiver' ? (
        <Download changeId={changeId} item={item} kind={kind} />
      ) : null}
    </li>
  );
}

/** A person by name; a pipeline as its issuer names it. */
function Producer({ producer }: Pick<EvidenceItem, 'producer'>) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (!producer.startsWith('ci:')) return <EntityName entityRef={producer} />;
  const subject = producer.slice(producer.indexOf('#') + 1);
  return <span title={producer}>{t('evidence.pipeline', { subject })}</span>;
}

function Download({
  changeId,
  item: { id, sha256 },
  kind,
}: {
  changeId: string;
  item: EvidenceItem;
  kind: string;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const api = useApi(cabApiRef);
  const download = useMutation<void, Error>({
    mutationFn: async () => {
      const response = await api.downloadEvidence({ id: changeId, piece: id });
      const [, name = sha256] =
        /filename="([\w.-]+)"/.exec(
          response.headers.get('content-disposition') ?? '',
        ) ?? [];
      downloadBlob(name, await response.blob());
    },
  });
  return (
    <div className={layout.stack}>
      <div>
        <Button
          size="small"
          variant="tertiary"
          isPending={download.isPending}
          aria-label={t('evidence.downloadOf', {
            kind,
            digest: sha256.slice(0, 12),
          })}
          onPress={() => download.mutate()}
        >
          {t('evidence.download')}
        </Button>
      </div>
      {download.error ? (
        <ErrorState
          title={t('evidence.downloadFailed')}
          error={download.error}
        />
      ) : null}
    </div>
  );
}
