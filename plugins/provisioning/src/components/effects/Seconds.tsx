import { useFormat, useNow } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';

/** How long something took; what goes on ticks between two answers. */
export function Seconds({
  seconds,
  ticks = false,
}: {
  seconds: number;
  ticks?: boolean;
}) {
  return ticks ? <Ticking seconds={seconds} /> : <Shown seconds={seconds} />;
}

function Ticking({ seconds }: { seconds: number }) {
  const now = useNow(1_000);
  // An answer that says the same again does not set it back.
  const base = useMemo(() => Date.now() - seconds * 1_000, [seconds]);
  return <Shown seconds={Math.max(seconds, (now - base) / 1_000)} />;
}

function Shown({ seconds }: { seconds: number }) {
  const format = useFormat();
  // Below ten seconds the tenth says which step is the slow one.
  const text =
    seconds < 10
      ? `${new Intl.NumberFormat(format.locale, {
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        }).format(seconds)} s`
      : format.duration(seconds);
  return <span title={format.exactDuration(seconds)}>{text}</span>;
}
