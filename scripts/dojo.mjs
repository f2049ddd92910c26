// yarn dojo lint <folder> [--published <folder>] [--format text|json] [--immutable]: what is wrong with a curriculum.
// yarn dojo verify <bundle.json> --issuer <id> --key <multikey>: verifies a certificate without any portal.
import { runCli } from './lib/cli.mjs';
import { main } from './lib/lifecycle.mjs';

await main(() => runCli('dojo-backend'));
