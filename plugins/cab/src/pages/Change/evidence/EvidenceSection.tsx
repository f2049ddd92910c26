import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  Change,
  EvidenceResponse,
} from '@fawkes/backstage-plugin-cab-common';
import { SaidText } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section, StateLabel } from '@fawkes/kit-ui/values';
import { Answer } from '../../../components/installed';
import { useEvidence } from '../../../hooks';
import { cabTranslationRef } from '../../../translation';
import { AttachDialog } from './AttachDialog';
import { Exceptions } from './Exceptions';
import { Piece } from './Piece';

/** What it is backed by: what is asked for, what is there, and what each piece says. */
export function EvidenceSection({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const query = useEvidence(change);
  return (
    <Section title={t('evidence.title')} description={t('evidence.text')}>
      <Answer
        query={query}
        skeleton={<TableSkeleton rows={3} label={t('evidence.loading')} />}
        errorTitle={t('evidence.loadFailed')}
      >
        {evidence => (
          <div className={layout.stack}>
            <Asked change={change} evidence={evidence} />
            <Attaching change={change} evidence={evidence} />
            <Exceptions change={change} evidence={evidence} />
            <Pieces change={change} evidence={evidence} />
          </div>
        )}
      </Answer>
    </Section>
  );
}

interface Shown {
  change: Change;
  evidence: EvidenceResponse;
}

/** Kinds without which it is not submitted there, and how to provide each. */
function Asked({ change, evidence: { required, missing } }: Shown) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (required.length === 0) {
    return (
      <Text as="p" variant="body-medium" color="secondary">
        {t('evidence.askedNothing')}
      </Text>
    );
  }
  const title = t('evidence.asked', {
    class: t(`class.${change.environmentClass ?? 'unlisted'}`),
  });
  return (
    <div className={layout.tight}>
      <strong>{title}</strong>
      <ul className={layout.points} aria-label={title}>
        {required.map(kind => {
          const isMissing = missing.includes(kind);
          return (
            <li key={kind}>
              <StateLabel tone={isMissing ? 'waiting' : 'good'}>
                {t(`evidence.kind.${kind}`)}:{' '}
                {t(isMissing ? 'evidence.missing' : 'evidence.there')}
                {isMissing ? ` – ${t(`evidence.how.${kind}`)}` : null}
              </StateLabel>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The way to attach for those who may; for those who may not, why. */
function Attaching({ change, evidence: { attach } }: Shown) {
  if (!attach) {
    return (
      <div>
        <AttachDialog change={change} />
      </div>
    );
  }
  return (
    <Text as="p" variant="body-small" color="secondary">
      <SaidText said={attach} />.
    </Text>
  );
}

function Pieces({ change, evidence: { items, download } }: Shown) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (items.length === 0) {
    return (
      <Text as="p" variant="body-medium" color="secondary">
        {t('evidence.none')}
      </Text>
    );
  }
  return (
    <ul className={layout.items} aria-label={t('evidence.list')}>
      {items.map(item => (
        <Piece
          key={item.id}
          changeId={change.id}
          item={item}
          canDownload={download === null}
        />
      ))}
    </ul>
  );
}
