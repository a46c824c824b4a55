import { Failure } from '../cluster/failure.ts';
import { runProgram } from './childProcess.ts';

/** How `helm` is run on charts and repositories. */
export interface HelmChartsOptions {
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Called with each line that Helm says. */
  readonly say: (line: string) => void;
}

/** A chart that a repository offers. */
export interface OfferedChart {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly description: string;
}

/** Charts and their repositories by the `helm` of this machine. Every method throws a `Failure` and nothing else. */
export class HelmCharts {
  readonly #options: HelmChartsOptions;

  constructor(options: HelmChartsOptions) {
    this.#options = options;
  }

  /** Adds a repository under a name; the same name with another address is refused. */
  async addRepository(name: string, url: string, signal: AbortSignal): Promise<void> {
    await this.#run(`add the repository ${name}`, ['repo', 'add', name, url], signal);
  }

  async updateRepositories(signal: AbortSignal): Promise<void> {
    await this.#run('update its repositories', ['repo', 'update'], signal);
  }

  async repositories(signal: AbortSignal): Promise<readonly { readonly name: string; readonly url: string }[]> {
    try {
      return (await this.#json('list its repositories', ['repo', 'list'], signal)) as { name: string; url: string }[];
    } catch (error) {
      // Without any, Helm fails instead of giving an empty list.
      if (error instanceof Failure && /no repositories/.test(error.report.said)) return [];
      throw error;
    }
  }

  /** The charts of all repositories whose names or descriptions hold the words; every version where that is wanted. */
  async search(words: string, allVersions: boolean, signal: AbortSignal): Promise<readonly OfferedChart[]> {
    const args = ['search', 'repo', ...(words === '' ? [] : [words]), ...(allVersions ? ['--versions'] : [])];
    const found = (await this.#json('search its repositories', args, signal)) as Record<string, string>[];
    return found.map((chart) => ({
      name: chart['name'] ?? '',
      version: chart['version'] ?? '',
      appVersion: chart['app_version'] ?? '',
      description: chart['description'] ?? '',
    }));
  }

  /** Fetches what Chart.yaml depends on into `charts/`, and writes the lock file. */
  async updateDependencies(chartFolder: string, signal: AbortSignal): Promise<void> {
    await this.#run(`update the dependencies of ${chartFolder}`, ['dependency', 'update', chartFolder], signal);
  }

  /** Packs a chart; gives the path of the archive. */
  async package(chartFolder: string, into: string, signal: AbortSignal): Promise<string> {
    const output = await this.#run(`pack ${chartFolder}`, ['package', chartFolder, '--destination', into], signal);
    const archive = /saved it to: (.+\.tgz)\s*$/m.exec(output)?.[1];
    if (archive === undefined)
      throw new Failure('invalid', `Helm packed ${chartFolder}, but did not say where.`, { said: output });
    return archive;
  }

  /** Pushes a packed chart to a registry (`oci://registry/path`); gives its digest. */
  async push(archive: string, registry: string, plainHttp: boolean, signal: AbortSignal): Promise<string> {
    const args = ['push', archive, registry, ...(plainHttp ? ['--plain-http'] : [])];
    const output = await this.#run(`push ${archive} to ${registry}`, args, signal);
    return /Digest:\s*(sha256:[0-9a-f]{64})/.exec(output)?.[1] ?? '';
  }

  /** True when a registry has a version of a chart, which a push would silently replace. */
  async hasVersion(reference: string, version: string, plainHttp: boolean, signal: AbortSignal): Promise<boolean> {
    const args = ['show', 'chart', reference, '--version', version, ...(plainHttp ? ['--plain-http'] : [])];
    try {
      await this.#run(`look for ${reference} ${version}`, args, signal);
      return true;
    } catch (error) {
      const said = error instanceof Failure ? error.report.said : '';
      if (/not found|name unknown|manifest unknown/i.test(said)) return false;
      throw error;
    }
  }

  async #json(doing: string, args: readonly string[], signal: AbortSignal): Promise<unknown> {
    const output = await this.#output(doing, [...args, '--output', 'json'], signal);
    return JSON.parse(output.stdout) as unknown;
  }

  async #run(doing: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    const { stderr, stdout } = await this.#output(doing, args, signal);
    // Helm tells some results on its error output.
    const said = `${stdout}\n${stderr}`;
    for (const line of said.split('\n')) if (line.trim() !== '') this.#options.say(line);
    return said;
  }

  async #output(
    doing: string,
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<{ stdout: string; stderr: string }> {
    const { command, environment } = this.#options;
    const lines: string[] = [];
    try {
      const run = { command, arguments: args, environment, onOutputLine: (line: string) => lines.push(line) };
      const { exitCode, stderr } = await runProgram(run, signal);
      if (exitCode === 0) return { stdout: lines.join('\n'), stderr };
      const said = stderr.replace(/^Error: /m, '').trim();
      throw new Failure('invalid', `Helm could not ${doing}.`, { said, advice: adviceFor(said) });
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'tool-missing') throw error;
      throw new Failure('tool-missing', `${command} is not on the PATH.`, {
        said: error.report.said,
        advice: 'Install it: https://helm.sh/docs/intro/install, or brew install helm.',
      });
    }
  }
}

function adviceFor(said: string): string {
  if (/no cached repo found|repo update/i.test(said)) return 'Run Helm: Update Repositories first.';
  if (/no repository definition/i.test(said)) return 'Add the repository first: Helm: Add Repository.';
  if (/unauthorized|401|denied/i.test(said)) return 'Log in first: helm registry login.';
  return '';
}
