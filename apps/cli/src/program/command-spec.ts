import type { Words } from '../language.js';
import type { Translate } from './translate.js';

/** The streams and the environment of a process, or of a test. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: { write(text: string): unknown; readonly columns?: number };
  readonly stderr: { write(text: string): unknown };
}

/** What a command works with. */
export interface Cli extends Pick<Io, 'env' | 'stdin' | 'stderr'> {
  readonly t: Translate;
}

/** The result of a command. */
export interface Output {
  /** Printed with `--json`: the `members` of the command. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Printed otherwise. Default: the members of `json`, each behind its label. */
  readonly text?: string;
  /** 1 if the command worked and found a fault. Default: 0. */
  readonly exitCode?: 0 | 1;
}

/** One command: what it takes, prints and does. The help and docs/cli.md are made from it. */
export interface CommandSpec<Options = object> {
  readonly name: string;
  readonly summary: Words;
  /** Name in commander's notation, `<id>`, and meaning. */
  readonly arguments?: readonly (readonly [name: string, meaning: Words])[];
  /** Flags in commander's notation, `--appid <appid>`, and meaning. */
  readonly options?: readonly (readonly [flags: string, meaning: Words])[];
  /** What it reads from standard input. Arguments are visible to all users of the machine. */
  readonly stdin?: Words;
  /** Arguments and options of an example each. */
  readonly examples: readonly string[];
  /** The members of its JSON, and their labels in its text. */
  readonly members: Readonly<Record<string, Words>>;
  /** The meaning of exit code 1. */
  readonly failure: Words;
  /** The meaning of exit codes of this command alone. */
  readonly exitCodes?: Readonly<Record<number, Words>>;
  run(cli: Cli, args: readonly string[], options: Options): Promise<Output>;
}

/** Commands on one subject, such as `keys list` and `keys rotate`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: Words;
  readonly commands: readonly CommandSpec[];
}
