import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EvidenceSays } from '@fawkes/backstage-plugin-cab-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { layout } from '@fawkes/kit-ui/values';
import type { ReactNode } from 'react';
import { cabTranslationRef } from '../../../translation';

const nameOf = ({ name, version }: { name: string; version: string | null }) =>
  version === null ? name : `${name} ${version}`;

/** What a piece says, in a sentence. */
export function useSummary(): (says: EvidenceSays) => string {
  const { t } = useTranslationRef(cabTranslationRef);
  const partsOf = (says: EvidenceSays): string[] => {
    switch (says.kind) {
      case 'tests':
        return [
          t('evidence.says.cases', { count: says.cases }),
          t('evidence.says.failed', { number: String(says.failed) }),
          t('evidence.says.skipped', { number: String(says.skipped) }),
        ];
      case 'scan':
        return [
          says.tools.join(', '),
          t('evidence.says.worst', { severity: t(`severity.${says.worst}`) }),
          ...(says.suppressed > 0
            ? [t('evidence.says.suppressed', { count: says.suppressed })]
            : []),
        ];
      case 'sbom':
        return [
          says.format,
          t('evidence.says.components', { count: says.components }),
          ...(says.root ? [nameOf(says.root)] : []),
        ];
      case 'vex':
        return [
          says.format,
          t('evidence.says.statements', { count: says.statements.length }),
        ];
      case 'provenance':
        return [
          t('evidence.says.builder', { builder: says.builder }),
          says.signedBy === null
            ? t('evidence.says.unsigned')
            : t('evidence.says.signed', { key: says.signedBy }),
        ];
      case 'rollback_plan':
        return [
          t(`evidence.says.strategy.${says.plan.strategy}`),
          ...(says.plan.irreversible ? [t('evidence.says.irreversible')] : []),
        ];
      case 'waiver':
        return [
          says.waives === 'finding'
            ? t('evidence.says.excepted', { finding: says.finding ?? '' })
            : t('evidence.says.waived'),
        ];
      default:
        return [says.plan.stages.map(({ name }) => name).join(' → ')];
    }
  };
  return says => partsOf(says).join(' · ');
}

/** Everything a piece says that is kept, behind a word. */
export function Says({ says }: { says: EvidenceSays }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const content = useContent(says);
  if (!content) return null;
  return (
    <details>
      <summary className={layout.small}>{t('evidence.more')}</summary>
      <div className={layout.stack}>{content}</div>
    </details>
  );
}

function useContent(says: EvidenceSays): ReactNode {
  const { t } = useTranslationRef(cabTranslationRef);
  switch (says.kind) {
    case 'tests':
      return says.failures.length + says.flaky.length > 0 ? (
        <>
          <Listed title={t('evidence.says.failures')} items={says.failures} />
          <Listed title={t('evidence.says.flaky')} items={says.flaky} />
        </>
      ) : null;
    case 'scan':
      return says.findings.length > 0 ? (
        <>
          <Listed
            title={t('evidence.says.findings')}
            items={says.findings.map(
              ({ id, severity, count, text, where }) =>
                `${t(`severity.${severity}`)}: ${id} (${count}×) ${text}${
                  where ? ` – ${where}` : ''
                }`,
            )}
          />
          {says.beyond ? (
            <p className={layout.small}>
              {t('evidence.says.beyond', {
                severity: t(`severity.${says.beyond}`),
              })}
            </p>
          ) : null}
        </>
      ) : null;
    case 'vex':
      return (
        <Listed
          title={t('evidence.kind.vex')}
          items={says.statements.map(({ id, state }) => `${id}: ${state}`)}
        />
      );
    case 'rollback_plan':
      return (
        <>
          <Listed title={t('evidence.says.steps')} items={says.plan.steps} />
          <Owner owner={says.plan.owner} />
        </>
      );
    case 'rollout_plan':
      return (
        <>
          <Listed
            title={t('evidence.says.stages')}
            items={says.plan.stages.map(({ name, description }) =>
              description ? `${name}: ${description}` : name,
            )}
          />
          <Listed
            title={t('evidence.says.success')}
            items={says.plan.success}
          />
          <Owner owner={says.plan.owner} />
        </>
      );
    default:
      return null;
  }
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div className={layout.tight}>
      <strong>{title}</strong>
      <ul className={layout.points}>
        {items.map((item, at) => (
          <li key={`${at} ${item}`}>{item}</li>
        ))}
      </ul>
    </div>
  );
}

function Owner({ owner }: { owner: string }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <p className={layout.small}>
      {t('evidence.says.owner')}: <EntityName entityRef={owner} />
    </p>
  );
}
