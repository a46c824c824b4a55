import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, parseAllDocuments } from 'yaml';
import { type ControlPlane, startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { crdProjectNames } from '../environment/crds/projects.ts';
import { needTier } from '../environment/needTier.ts';

const shop = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../examples/shop');

/** Kinds whose CustomResourceDefinitions can't be had from a Go module: Strimzi and Sealed Secrets' neighbours. */
const WITHOUT_DEFINITION =
  /^(?:kafka\.strimzi\.io|core\.strimzi\.io|k8s\.elastic\.co|elasticsearch\.k8s\.elastic\.co|kibana\.k8s\.elastic\.co|opentelemetry\.io|jaegertracing\.io|rabbitmq\.com|configuration\.konghq\.com|kustomize\.config\.k8s\.io)\//;

describe('the manifests of the example shop', () => {
  let cluster: ControlPlane;

  before(async function () {
    this.timeout(300_000);
    await needTier(this, 'kubernetes');
    cluster = await startControlPlane({ nodes: 0 });
    await applyCustomResourceDefinitions(cluster, crdProjectNames);
  });

  after(async () => cluster?.stop());

  it('are accepted by a real API server with the real CustomResourceDefinitions', async function () {
    this.timeout(300_000);
    const documents = [...manifests(path.join(shop, 'deploy')), ...manifests(path.join(shop, 'gitops'))];
    const namespaces = new Set(
      documents.flatMap(({ document }) => String(document.getIn(['metadata', 'namespace']) ?? 'default')),
    );
    for (const namespace of [...namespaces].sort()) {
      if (namespace !== 'default') await cluster.kubectl(['create', 'namespace', namespace]);
    }
    const unavailable = new Set<string>();
    const byFile = new Map<string, string[]>();
    for (const { file, document } of documents) {
      const type = `${document.get('apiVersion')} ${document.get('kind')}`;
      if (WITHOUT_DEFINITION.test(type)) unavailable.add(type);
      else byFile.set(file, [...(byFile.get(file) ?? []), String(document)]);
    }
    const refused: string[] = [];
    for (const [file, texts] of byFile) {
      try {
        await cluster.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'], {
          input: texts.join('---\n'),
        });
      } catch (error) {
        refused.push(`${file}: ${error instanceof Error ? error.message : error}`);
      }
    }
    console.log(
      `      ${documents.length} objects in ${byFile.size} files; without a CustomResourceDefinition: ${[...unavailable].sort().join(', ') || 'none'}`,
    );
    assert.deepEqual(refused, []);
  });
});

function* manifests(folder: string): Iterable<{ file: string; document: Document.Parsed }> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    // Kustomize files are read by kustomize, and patches are no objects.
    if (/kustomization\.ya?ml$/.test(entry.name) || file.includes('/overlays/')) continue;
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
      if (document.has?.('apiVersion') && document.has('kind'))
        yield { file: path.relative(shop, file), document: document as Document.Parsed };
    }
  }
}
