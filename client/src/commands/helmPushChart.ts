import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { window } from 'vscode';
import { parse } from 'yaml';
import { Failure } from '../cluster/failure.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { askChartFolder, withHelm } from './withHelm.ts';

/** Packs a chart and pushes it to a registry; a version that is there is replaced only after a yes. */
export const helmPushChart: Command = {
  id: 'slipway.helmPushChart',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askChartFolder(argument, 'Push Chart');
    const { name, version } = (parse(await readFile(join(folder, 'Chart.yaml'), 'utf8')) ?? {}) as {
      name?: string;
      version?: string;
    };
    if (!name || !version) throw new Failure('invalid', `Chart.yaml in ${folder} has no name or no version.`);
    const title = `Push chart ${name} ${version}`;
    const key = `slipway.chartRegistry ${folder}`;
    const registry = orDismissed(
      await window.showInputBox({
        title,
        prompt: 'The registry, without the name of the chart',
        value: context.memory.get<string>(key, 'oci://'),
        ignoreFocusOut: true,
        validateInput: (text) => (/^oci:\/\/[^\s/]+/.test(text) ? undefined : 'Write oci://registry/path.'),
      }),
    ).replace(/\/+$/, '');
    await context.memory.update(key, registry);
    // As with images, plain HTTP is spoken only with registries on this machine.
    const plainHttp = /^oci:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/]|$)/.test(registry);
    const isThere = await withHelm(context, `Looking for ${registry}/${name} ${version}`, (helm, signal) =>
      helm.hasVersion(`${registry}/${name}`, version, plainHttp, signal),
    );
    if (isThere) {
      const detail = `${registry}/${name} has version ${version} already. Who pulled it would get another chart under the same version.`;
      orDismissed(await window.showWarningMessage(`Replace ${name} ${version}?`, { modal: true, detail }, 'Replace'));
    }
    const target = await mkdtemp(join(tmpdir(), 'slipway-chart-'));
    try {
      const digest = await withHelm(context, title, async (helm, signal) =>
        helm.push(await helm.package(folder, target, signal), registry, plainHttp, signal),
      );
      window.setStatusBarMessage(`Pushed ${name} ${version} (${digest.slice(0, 19)}).`, 10_000);
    } finally {
      await rm(target, { recursive: true, force: true });
    }
  },
};
