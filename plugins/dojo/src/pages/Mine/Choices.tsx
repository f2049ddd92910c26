import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Switch } from '@backstage/ui';
import type { Choices as Chosen } from '@fawkes/backstage-plugin-dojo-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { useChoices } from '../../hooks';
import { dojoTranslationRef } from '../../translation';

const KINDS = ['showBelts', 'showName'] as const;

/** What others may see: off until the person switches it on, and off at once again. */
export function Choices({ choices }: { choices: Chosen }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const change = useChoices();
  // What was pressed stands there until the answer says what is kept.
  const shown = change.isPending ? change.variables : choices;
  return (
    <Section title={t('choices.title')} description={t('choices.text')}>
      {KINDS.map(kind => (
        <div key={kind} className={layout.tight}>
          <Switch
            label={t(`choices.${kind}`)}
            isSelected={shown[kind]}
            // Never disabled: whoever works by keyboard would lose their place.
            onChange={isOn => {
              if (change.isPending) return;
              change.mutate({ ...choices, [kind]: isOn });
            }}
          />
          <p className={layout.small}>{t(`choices.${kind}Text`)}</p>
        </div>
      ))}
      {change.isError ? (
        <ErrorState title={t('choices.failed')} error={change.error} />
      ) : null}
    </Section>
  );
}
