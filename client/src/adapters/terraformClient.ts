import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, type FailurePlace } from '../cluster/failure.ts';
import { type PlannedChange, parsePlan, type TerraformPlan } from '../delivery/terraform/plan.ts';
import { runProgram } from './childProcess.ts';

/** How `terraform` is run: in one folder, with exactly this environment. */
export interface TerraformClientOptions {
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  /** Called with each line that Terraform says to a person; values that it holds back are not among them. */
  readonly say: (line: string) => void;
}

/** A plan that was made and that can be applied exactly as it was shown, until it is let go. */
export interface SavedPlan {
  readonly plan: TerraformPlan;
  /** The file that Terraform keeps it in. It can hold secrets, so it lies in a folder of its own that only the user may read. */
  readonly file: string;
  dispose(): Promise<void>;
}

interface Diagnostic {
  readonly severity?: string;
  readonly summary?: string;
  readonly detail?: string;
  readonly range?: {
    readonly filename?: string;
    readonly start?: { readonly line?: number };
    readonly end?: { readonly line?: number };
  };
}

/** The user's own `terraform`. Every method throws a `Failure` and nothing else, with the places that Terraform names. */
export class TerraformClient {
  readonly #options: TerraformClientOptions;

  constructor(options: TerraformClientOptions) {
    this.#options = options;
  }

  async init(signal: AbortSignal): Promise<void> {
    await this.#said('init', ['init', '-input=false', '-no-color'], signal);
  }

  /** Throws with all errors of the configuration; gives its warnings. */
  async validate(signal: AbortSignal): Promise<readonly string[]> {
    const { output } = await this.#run(['validate', '-json'], signal);
    const answer = parsed(output) as { diagnostics?: readonly Diagnostic[] } | undefined;
    if (!answer)
      throw new Failure('invalid', `Terraform could not validate ${this.#options.folder}.`, { said: output.trim() });
    this.#failOn('validate', answer.diagnostics ?? []);
    return (answer.diagnostics ?? []).map(({ detail = '', summary = '' }) => `${summary} ${detail}`.trim());
  }

  /** Rewrites the files in Terraform's own style; gives those that it changed. */
  async format(signal: AbortSignal): Promise<readonly string[]> {
    const output = await this.#said('format', ['fmt', '-recursive', '-no-color'], signal);
    return output.split('\n').filter((line) => line.trim() !== '');
  }

  /** Makes a plan and keeps it. Nothing is changed. */
  async plan(signal: AbortSignal): Promise<SavedPlan> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-plan-'));
    const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
    const file = join(folder, 'plan');
    try {
      await this.#streamed('plan', ['plan', '-json', '-input=false', `-out=${file}`], signal);
      const output = await this.#quiet('read the plan of', ['show', '-json', file], signal);
      const plan = parsePlan(parsed(output));
      if (!plan)
        throw new Failure('invalid', 'The plan of Terraform is not understood.', { advice: 'Update terraform.' });
      return { plan, file, dispose };
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  /** Applies a plan exactly as it was made; Terraform refuses it where the state has changed since. */
  async apply({ file }: Pick<SavedPlan, 'file'>, signal: AbortSignal): Promise<void> {
    await this.#streamed('apply', ['apply', '-json', '-input=false', file], signal);
  }

  /** The outputs of the state; the values of sensitive ones are left out. */
  async outputs(signal: AbortSignal): Promise<readonly { readonly name: string; readonly value: string }[]> {
    const output = await this.#quiet('read the outputs of', ['output', '-json', '-no-color'], signal);
    const values = (parsed(output) ?? {}) as Record<string, { value?: unknown; sensitive?: boolean }>;
    return Object.entries(values).map(([name, { sensitive, value }]) => ({
      name,
      value: sensitive ? '(sensitive)' : typeof value === 'string' ? value : JSON.stringify(value),
    }));
  }

  async workspaces(signal: AbortSignal): Promise<{ readonly current: string; readonly names: readonly string[] }> {
    const output = await this.#quiet('list the workspaces of', ['workspace', 'list', '-no-color'], signal);
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    const nameOf = (line: string): string => line.replace(/^\*?\s*/, '').trim();
    const current = lines.find((line) => line.startsWith('*'));
    return { current: current ? nameOf(current) : 'default', names: lines.map(nameOf) };
  }

  async selectWorkspace(name: string, isNew: boolean, signal: AbortSignal): Promise<void> {
    await this.#said('choose a workspace of', ['workspace', isNew ? 'new' : 'select', '-no-color', '--', name], signal);
  }

  async #said(doing: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    const output = await this.#quiet(doing, args, signal);
    for (const line of output.split('\n')) if (line.trim() !== '') this.#options.say(line);
    return output;
  }

  async #quiet(doing: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    const { exitCode, output, stderr } = await this.#run(args, signal);
    if (exitCode === 0) return output;
    throw new Failure('invalid', `Terraform could not ${doing} ${this.#options.folder}.`, {
      said: withoutFrames(stderr || output),
      advice: /terraform init/.test(stderr + output) ? 'Run Terraform: Init first.' : '',
    });
  }

  /** Runs a command that tells one JSON object per line. */
  async #streamed(doing: string, args: readonly string[], signal: AbortSignal): Promise<void> {
    const diagnostics: Diagnostic[] = [];
    const { exitCode, output, stderr } = await this.#run(args, signal, (line) => {
      const message = parsed(line) as { '@message'?: string; diagnostic?: Diagnostic } | undefined;
      if (message?.diagnostic) diagnostics.push(message.diagnostic);
      if (message?.['@message']) this.#options.say(message['@message']);
    });
    if (exitCode === 0) return;
    this.#failOn(doing, diagnostics);
    throw new Failure('invalid', `Terraform could not ${doing} ${this.#options.folder}.`, {
      said: withoutFrames(stderr || output),
    });
  }

  #failOn(doing: string, diagnostics: readonly Diagnostic[]): void {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const [first, ...more] = errors;
    if (!first) return;
    const others = more.length === 0 ? '' : ` And ${more.length} more.`;
    throw new Failure(
      'invalid',
      `Terraform could not ${doing} ${this.#options.folder}: ${first.summary ?? 'an error'}.${others}`,
      {
        said: (first.detail ?? '').trim(),
        advice: errors.some(({ detail = '' }) => /terraform init/.test(detail)) ? 'Run Terraform: Init first.' : '',
        places: errors.flatMap(({ range }): FailurePlace[] =>
          range?.filename === undefined
            ? []
            : [
                {
                  file: join(this.#options.folder, range.filename),
                  line: Math.max(0, (range.start?.line ?? 1) - 1),
                  endLine: Math.max(0, (range.end?.line ?? 1) - 1),
                },
              ],
        ),
      },
    );
  }

  async #run(
    args: readonly string[],
    signal: AbortSignal,
    onLine?: (line: string) => void,
  ): Promise<{ exitCode: number; output: string; stderr: string }> {
    const { command, environment, folder } = this.#options;
    // A plan comes as one long line, which must come whole.
    const lines: string[] = [];
    try {
      const { exitCode, stderr } = await runProgram(
        {
          command,
          arguments: args,
          environment: { ...environment, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' },
          folder,
          onOutputLine: (line) => {
            lines.push(line);
            onLine?.(line);
          },
        },
        signal,
      );
      return { exitCode, output: lines.join('\n'), stderr };
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'tool-missing') throw error;
      throw new Failure('tool-missing', `${command} is not on the PATH.`, {
        said: error.report.said,
        advice:
          'Install it: https://developer.hashicorp.com/terraform/install, or brew install hashicorp/tap/terraform.',
      });
    }
  }
}

/** The line of the block that a change is of, from 0; undefined where the folder has no such block. */
export async function blockLine(
  root: string,
  block: NonNullable<PlannedChange['block']>,
): Promise<{ readonly file: string; readonly line: number } | undefined> {
  const folder = join(root, block.folder);
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const opening = new RegExp(`^\\s*${block.kind}\\s+"?${escaped(block.type)}"?\\s+"?${escaped(block.name)}"?\\s*\\{`);
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith('.tf')) continue;
    const file = join(folder, name);
    const line = (await readFile(file, 'utf8')).split('\n').findIndex((text) => opening.test(text));
    if (line >= 0) return { file, line };
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Terraform says some things in plain words even where JSON is asked for; they are no object.
    return undefined;
  }
}

/** Terraform draws a frame around its errors. */
function withoutFrames(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^[╷│╵]\s?/, ''))
    .filter((line) => line.trim() !== '')
    .join('\n')
    .trim();
}
