import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { applyChart } from '../../server/src/patterns/helm/applyChart.ts';
import { pattern } from '../../server/src/patterns/helm/pattern.ts';
import type { Resource } from '../../server/src/workspace/resource.ts';
import { type FileChange, World } from '../../server/src/workspace/world.ts';
import { exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';
import { needTier } from '../environment/needTier.ts';
import { runProgram } from '../environment/processes/runProgram.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { TestChart } from './testChart.ts';

const shop = path.resolve(import.meta.dirname, '../../examples/shop/deploy');
const RELEASE_LABELS = ['helm.sh/chart', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/instance'];

interface Manifest {
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string; labels?: Record<string, string> };
}

describe('a chart made of a workload', function () {
  this.timeout(120_000);
  let world: World;
  let packed: { readonly workload: Resource; readonly files: ReadonlyMap<string, string> }[];
  before(async () => {
    world = new World(LANGUAGES);
    const changes: FileChange[] = [];
    for await (const found of readWorkspace(shop, (uri) => world.isOfInterest(uri)))
      if ('text' in found) changes.push(found);
    world.apply(changes);
    const { graph } = world.snapshot();
    packed = graph.all('apps/Deployment', 'apps/StatefulSet').flatMap((workload) => {
      const change = applyChart(workload, graph);
      if (!change) return [];
      assert.deepEqual(change.edits, []);
      return [
        {
          workload,
          files: new Map(change.creates.map(({ uri, text }) => [uri.slice(uri.indexOf('/charts/') + 8), text])),
        },
      ];
    });
  });

  it('is offered for workloads of the shop, once', () => {
    assert.ok(packed.length >= 3, `only ${packed.length} workloads`);
    const [first] = packed;
    assert.ok(first);
    const base = `${pathToFileURL(shop).href}/charts/`;
    world.apply([...first.files].map(([name, text]) => ({ uri: base + name, text })));
    const { graph } = world.snapshot();
    const again = graph.inFile(first.workload.uri).find(({ name }) => name === first.workload.name)!;
    assert.equal(applyChart(again, graph), undefined);
    const instance = [...pattern.recognize(graph)].find(({ name }) => name === first.workload.name);
    assert.deepEqual(instance?.missing, []);
    world.apply([...first.files.keys()].map((name) => ({ uri: base + name, text: undefined })));
  });

  it('has no error or warning, beside the manifests that it was made of', () => {
    const base = pathToFileURL(shop).href;
    const before = [...world.snapshot().files].map(([uri, { parsed }]) => ({
      name: uri.slice(base.length + 1),
      text: parsed.source.text,
    }));
    const charts = packed.flatMap(({ files }) => [...files].map(([name, text]) => ({ name: `charts/${name}`, text })));
    const snapshot = exampleSnapshot([...before, ...charts]);
    const said = (profile: 'recommended' | 'strict') =>
      findingsOf(snapshot, profile).flatMap(({ rule, severity, finding }) =>
        severity === 'information' || !finding.at.source.uri.includes('/charts/')
          ? []
          : `${rule.id} ${finding.at.source.uri}: ${finding.message}`,
      );
    assert.deepEqual(said('recommended'), []);
    assert.deepEqual(said('strict'), []);
  });

  it('is lint-clean, and renders the objects that it was made of', async function () {
    await needTier(this, 'helm');
    for (const { workload, files } of packed) {
      const own = [...files].map(([name, text]) => [name.slice(name.indexOf('/') + 1), text] as const);
      const chart = new TestChart(Object.fromEntries(own));
      try {
        assert.match(await runProgram(toolPath('helm'), ['lint', '--strict', chart.folder]), /0 chart\(s\) failed/);
        const { output, failure } = await chart.render();
        assert.equal(failure, undefined);
        const rendered = parseAllDocuments(output).map((document) => document.toJS() as Manifest);
        assert.ok(rendered.some(({ kind, metadata }) => kind === workload.kind && metadata.name === workload.name));
        for (const manifest of rendered) {
          for (const label of RELEASE_LABELS) assert.ok(manifest.metadata.labels?.[label], label);
          const written = world
            .snapshot()
            .graph.all()
            .concat([...world.snapshot().files.values()].flatMap(({ facts }) => facts.resources))
            .find(({ kind, name }) => kind === manifest.kind && name === manifest.metadata.name)!;
          assert.deepEqual(withoutRelease(manifest), withoutRelease(written.root.value as Manifest));
        }
      } finally {
        chart.remove();
      }
    }
  });
});

function withoutRelease(manifest: Manifest): unknown {
  const { namespace: _, labels = {}, ...metadata } = manifest.metadata;
  const kept = Object.entries(labels).filter(([name]) => !RELEASE_LABELS.includes(name));
  return { ...manifest, metadata: { ...metadata, labels: Object.fromEntries(kept) } };
}
