import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import type { Change, ExportLine } from '@fawkes/backstage-plugin-cab-common';
import { downloadText } from '@fawkes/kit-ui/charts';
import { useMutation } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout, Section, StateLabel, type Tone } from '@fawkes/kit-ui/values';
import { cabApiRef, type CabApi } from '../../api';
import { cabTranslationRef } from '../../translation';
import {
  browserSignature,
  verifyRecord,
  type Check,
  type Verified,
} from '../../verify';

const TONES: Record<Check['outcome'], Tone> = {
  ok: 'good',
  bad: 'bad',
  unknown: 'unknown',
};
const SAID = { ok: 'yes', bad: 'no', unknown: 'unknown' } as const;

/** Every page of the export of a change request. */
async function exported(api: CabApi, id: string): Promise<ExportLine[]> {
  const lines: ExportLine[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page: Awaited<ReturnType<CabApi['exportChange']>> =
      await api.exportChange({ id, from, limit: 500 });
    lines.push(...page.lines);
    from = page.nextFrom;
  }
  return lines;
}

/** Checks the record of this change request in the browser, and lets one take it along. */
export function VerifySection({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const api = useApi(cabApiRef);
  const { id } = change;
  const verify = useMutation<Verified, Error>({
    mutationFn: async () => {
      // What is shown is asked for before the record, which then has at least that.
      const { timeline } = await api.getChange({ id });
      const [lines, { record }] = await Promise.all([
        exported(api, id),
        api.getKeys({}),
      ]);
      const shown = [...change.timeline, ...timeline];
      return verifyRecord(lines, record, id, shown, browserSignature);
    },
  });
  const download = useMutation<void, Error>({
    mutationFn: async () => {
      const lines = await exported(api, id);
      downloadText(
        `change-${id}.jsonl`,
        `${lines.map(line => JSON.stringify(line)).join('\n')}\n`,
        'application/json',
      );
    },
  });
  const error = verify.error ?? download.error;
  return (
    <Section title={t('verify.title')} description={t('verify.text')}>
      <div className={layout.stack}>
        <div className={layout.row}>
          <Button
            variant="secondary"
            isPending={verify.isPending}
            onPress={() => verify.mutate()}
          >
            {t('verify.run')}
          </Button>
          <Button
            variant="tertiary"
            isPending={download.isPending}
            onPress={() => download.mutate()}
          >
            {t('verify.download')}
          </Button>
        </div>
        <div role="status" className={layout.told}>
          {verify.data ? <Result verified={verify.data} /> : null}
        </div>
        {error ? <ErrorState title={t('verify.failed')} error={error} /> : null}
        <Text as="p" variant="body-small" color="secondary">
          {t('verify.note')}
        </Text>
      </div>
    </Section>
  );
}

function Result({ verified: { checks, entries } }: { verified: Verified }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const has = (outcome: Check['outcome']) =>
    checks.some(check => check.outcome === outcome);
  const said = () => {
    if (has('bad')) return t('verify.bad');
    return has('unknown')
      ? t('verify.partly')
      : t('verify.ok', { count: entries });
  };
  return (
    <div className={layout.stack}>
      <strong>{said()}</strong>
      <ul className={layout.items}>
        {checks.map(({ id, outcome, seq }) => (
          <li key={id}>
            <StateLabel tone={TONES[outcome]}>
              {t(`verify.check.${id}`)}: {t(`verify.${SAID[outcome]}`)}
              {seq === undefined
                ? null
                : ` (${t('verify.at', { seq: String(seq) })})`}
              {id === 'signature' && outcome === 'unknown'
                ? ` (${t('verify.unknownSignature')})`
                : null}
            </StateLabel>
          </li>
        ))}
      </ul>
    </div>
  );
}
