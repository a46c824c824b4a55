import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chartAt } from '../../server/src/workspace/helm/chartsOf.ts';
import { CommandLineError } from './commandLineError.ts';
import { loadWorld } from './loadWorld.ts';
import { parseOptions } from './parseOptions.ts';
import { renderWithHelm } from './renderedCharts.ts';

const USAGE = `Usage: slipway render [options] <chart>

Prints what the helm of this machine renders of a chart: the folder of its Chart.yaml. Nothing is installed.

  -f, --values FILE   values files on top of values.yaml; a later one overrides an earlier one
  -n, --namespace N   the namespace of the release (default: default)

Exit codes: 0 rendered, 1 Helm could not render it, 2 wrong usage or a fault of Slipway.
`;

/** `slipway render`: what `Slipway: Preview Rendered Chart` shows, without an editor. */
export async function runRender(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args);
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new CommandLineError(`Name one chart.\n\n${USAGE}`);
  if (!existsSync(path.join(folder, 'Chart.yaml')))
    throw new CommandLineError(`There is no Chart.yaml in '${folder}'.`);
  const missing = values.values.find((file) => !existsSync(file));
  if (missing !== undefined) throw new CommandLineError(`There is no file '${missing}'.`);
  const { world } = await loadWorld([path.join(folder, 'Chart.yaml')]);
  const chart = chartAt(world.snapshot().graph, pathToFileURL(path.resolve(folder, 'Chart.yaml')).href);
  const { namespace, values: valuesFiles } = values;
  const { output, failure } = await renderWithHelm(
    { chartFolder: folder, valuesFiles, releaseName: chart?.name ?? 'release', namespace },
    new AbortController().signal,
  );
  process.stdout.write(output);
  if (failure === undefined) return 0;
  process.stderr.write(`${failure}\n`);
  return 1;
}

function readOptions(args: readonly string[]) {
  return parseOptions(
    args,
    {
      values: { type: 'string', short: 'f', multiple: true, default: [] },
      namespace: { type: 'string', short: 'n', default: 'default' },
      help: { type: 'boolean', short: 'h' },
    },
    USAGE,
  );
}
