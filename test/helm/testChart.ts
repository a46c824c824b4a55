import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ChartRender, renderChart } from '../../client/src/adapters/helmRenderer.ts';
import { toolPath } from '../environment/tools/tools.ts';

/** A chart on disk for one test, and the helm that renders it. */
export class TestChart {
  readonly folder: string;

  /** `files` by path below the chart, on top of those of `copyOf`. */
  constructor(files: Readonly<Record<string, string>>, copyOf?: string) {
    this.folder = join(mkdtempSync(join(tmpdir(), 'slipway-chart-')), 'cart');
    if (copyOf !== undefined) cpSync(copyOf, this.folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  render(valuesFiles: readonly string[] = [], signal = new AbortController().signal): Promise<ChartRender> {
    return renderChart(
      {
        chartFolder: this.folder,
        valuesFiles: valuesFiles.map((path) => join(this.folder, path)),
        releaseName: 'cart',
        namespace: 'namespace-of-this-release',
        command: toolPath('helm'),
        environment: process.env,
      },
      signal,
    );
  }

  remove(): void {
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }
}

/** The least that makes a folder a chart. */
export const CHART_YAML = 'apiVersion: v2\nname: cart\nversion: 1.0.0\nappVersion: "1.0.0"\n';
