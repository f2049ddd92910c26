import { useFormat } from './useFormat';

/** An instant people can read; the exact one in the tooltip. @public */
export function Instant({ at, tz }: { at: string; tz?: string }) {
  const format = useFormat(tz);
  return (
    <time dateTime={at} title={format.exactInstant(at)}>
      {format.instant(at)}
    </time>
  );
}
