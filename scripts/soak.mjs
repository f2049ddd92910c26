// yarn soak <family> [options]: the laws of the tests at full count (crash loops, races by the thousand, fuzzing).
import { runFamily } from './lib/families.mjs';
import { main } from './lib/lifecycle.mjs';

// Hours of updates leave dead rows behind, so cleaning up stays on.
await main(() =>
  runFamily('soak', process.argv.slice(2), { settings: { autovacuum: 'on' } }),
);
