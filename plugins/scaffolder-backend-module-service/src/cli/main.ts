import { lintCommand } from './lint';
import { renderCommand } from './render';

/** The commands of this package; each answers its exit code. */
const COMMANDS: Record<
  string,
  (args: string[], say: (line: string) => void) => Promise<number>
> = {
  lint: lintCommand,
  render: async (args, say) => {
    await renderCommand(args, say);
    return 0;
  },
};

async function run([name, ...args]: string[]): Promise<number> {
  const command = COMMANDS[name ?? ''];
  if (!command)
    throw new Error(`Commands: ${Object.keys(COMMANDS).join(', ')}`);
  // eslint-disable-next-line no-console
  return command(args, console.log);
}

run(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // eslint-disable-next-line no-console
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
