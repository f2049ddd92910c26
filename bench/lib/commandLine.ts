import { parseArgs } from 'node:util';

/** A number that can be set. */
export interface NumberOption {
  /** What it says, for `--help`. */
  about: string;
  default: number;
  /** What it is with `--small`; the default unless it says otherwise. */
  small?: number;
  /** The least that makes sense. */
  least: number;
}

/** What a command can be asked: numbers, texts and switches by their names. */
export interface CommandLine<
  Part extends string,
  Name extends string,
  Text extends string = never,
  Switch extends string = never,
> {
  /** `yarn bench delivery`. */
  command: string;
  /** What it consists of, in the order that is gone through. */
  parts: readonly Part[];
  /** What of it `--small` takes; all of it unless it says otherwise. */
  smallParts?: readonly Part[];
  numbers: Record<Name, NumberOption>;
  /** Texts and what they say, absent unless given. */
  texts?: Record<Text, string>;
  switches?: Record<Switch, string>;
}

/** What a command was asked. */
export type Asked<
  Part extends string,
  Name extends string,
  Text extends string = never,
  Switch extends string = never,
> = Record<Name, number> &
  Record<Text, string | undefined> &
  Record<Switch, boolean> & { parts: ReadonlySet<Part> };

/** The text of `--help`. */
export function usageOf(
  line: CommandLine<string, string, string, string>,
): string {
  const lines = [
    ...Object.entries(line.numbers).map(([name, option]) => [
      `--${name} n`,
      `${option.about} (${option.default}${
        option.small === undefined ? '' : `; small: ${option.small}`
      })`,
    ]),
    ['--only a,b', `of ${line.parts.join(', ')}`],
    ['--small', 'as little as shows that everything runs'],
    ...Object.entries(line.texts ?? {}).map(([name, about]) => [
      `--${name} x`,
      about,
    ]),
    ...Object.entries(line.switches ?? {}).map(([name, about]) => [
      `--${name}`,
      about,
    ]),
  ];
  const width = Math.max(...lines.map(([option]) => option.length));
  return [
    `${line.command} [options]`,
    ...lines.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`),
  ].join('\n');
}

/**
 * Reads what a command was asked.
 *
 * @returns undefined when only help was asked for
 * @throws when an option is unknown or makes no sense
 */
export function readCommandLine<
  P extends string,
  N extends string,
  T extends string = never,
  S extends string = never,
>(
  args: readonly string[],
  line: CommandLine<P, N, T, S>,
): Asked<P, N, T, S> | undefined {
  const numbers = Object.entries<NumberOption>(line.numbers);
  const texts = Object.keys(line.texts ?? {});
  const switches = Object.keys(line.switches ?? {});
  const { values }: { values: Record<string, unknown> } = parseArgs({
    args: [...args],
    options: Object.fromEntries([
      ...[...Object.keys(line.numbers), ...texts, 'only'].map(
        name => [name, { type: 'string' }] as const,
      ),
      ...[...switches, 'small', 'help'].map(
        name => [name, { type: 'boolean' }] as const,
      ),
    ]),
  });
  if (values.help) return undefined;
  const pick = <V>(names: readonly string[], valueOf: (name: string) => V) =>
    Object.fromEntries(names.map(name => [name, valueOf(name)]));
  const asked = {
    ...Object.fromEntries(
      numbers.map(([name, option]) => [
        name,
        numberOf(name, option, values[name], values.small === true),
      ]),
    ),
    ...pick(texts, name => values[name]),
    ...pick(switches, name => values[name] === true),
    parts: partsOf(line, values.only, values.small === true),
  };
  return asked as Asked<P, N, T, S>;
}

function numberOf(
  name: string,
  option: NumberOption,
  given: unknown,
  small: boolean,
): number {
  const usual = small ? option.small ?? option.default : option.default;
  const value = given === undefined ? usual : Number(given);
  if (!(value >= option.least)) {
    throw new Error(`--${name} is at least ${option.least}`);
  }
  return value;
}

function partsOf<P extends string>(
  { parts, smallParts = parts }: CommandLine<P, string, string, string>,
  only: unknown,
  small: boolean,
): ReadonlySet<P> {
  if (only === undefined) return new Set(small ? smallParts : parts);
  const wanted = String(only).split(',');
  const unknown = wanted.filter(name => !parts.some(part => part === name));
  if (unknown.length > 0) {
    throw new Error(`No such part: ${unknown.join(', ')}`);
  }
  return new Set(parts.filter(part => wanted.includes(part)));
}
