import type { ChangeSummary } from '@fawkes/backstage-plugin-cab-common';
import { SaidText } from '@fawkes/kit-ui/query';
import { useFormat } from '@fawkes/kit-ui/values';

/** Who must do what, with instants as people say them. */
export function NextText({ next }: Pick<ChangeSummary, 'next'>) {
  const format = useFormat();
  const { until } = next.params;
  if (until === undefined) return <SaidText said={next} />;
  const params = { ...next.params, until: format.instant(String(until)) };
  return <SaidText said={{ ...next, params }} />;
}
