// yarn template:lint [--json] [--seal] [folder…]: the rules for templates; yarn template:render <name or folder> --out <folder>
// name=… owner=…: one template, rendered to a folder as the portal would.
import { runCli } from './lib/cli.mjs';
import { main } from './lib/lifecycle.mjs';

await main(() => runCli('scaffolder-backend-module-service'));
