import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { downloadText } from '@fawkes/kit-ui/charts';
import { useMutation } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import { dojoApiRef } from '../../api';
import { dojoTranslationRef } from '../../translation';

/** Every row about the person as a file. */
export function TakeAlong() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const api = useApi(dojoApiRef);
  const take = useMutation({
    mutationFn: async () => {
      const mine = await api.exportMine({});
      downloadText(
        'my-dojo.json',
        JSON.stringify(mine, null, 2),
        'application/json',
      );
    },
  });
  return (
    <Section title={t('export.title')} description={t('export.text')}>
      {take.isError ? (
        <ErrorState title={t('export.failed')} error={take.error} />
      ) : null}
      <div>
        <Button
          variant="secondary"
          isPending={take.isPending}
          onPress={() => take.mutate()}
        >
          {t('export.take')}
        </Button>
      </div>
    </Section>
  );
}
