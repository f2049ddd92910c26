// yarn bench <family> [options]: figures, never a pass or fail on time. PostgreSQL writes to the disk as in production.
import { runFamily } from './lib/families.mjs';
import { main } from './lib/lifecycle.mjs';

await main(() => runFamily('bench', process.argv.slice(2), { fsync: true }));
