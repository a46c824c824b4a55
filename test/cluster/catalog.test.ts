import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { snippetSources, withDefaults } from '../../scripts/snippetFiles.ts';
import { inContext } from '../catalog/snippetContext.ts';
import { type ControlPlane, startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';

const patternsFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src/patterns');
const snippets = snippetSources(patternsFolder).filter(({ extension }) => extension === 'yaml');

describe('the catalog on a real API server', () => {
  let cluster: ControlPlane;

  before(async function () {
    this.timeout(300_000);
    await needTier(this, 'kubernetes');
    cluster = await startControlPlane({ nodes: 0 });
    await applyCustomResourceDefinitions(cluster, ['istio', 'argo-rollouts', 'gateway-api']);
    await cluster.kubectl(['create', 'namespace', 'shop']);
  });

  after(async () => cluster?.stop());

  for (const { prefix, text } of snippets) {
    const manifests = () =>
      inContext(withDefaults(text))
        .filter(({ name }) => name.endsWith('.yaml'))
        .map((file) => file.text)
        .join('---\n');

    it(`accepts the snippet ${prefix}`, async () => {
      await dryRun(cluster, manifests());
    });

    it(`rejects the snippet ${prefix} with a field that does not exist`, async () => {
      const documents = parseAllDocuments(manifests());
      const last = documents.findLast((document) => document.has('spec')) ?? documents.at(-1)!;
      last.setIn(last.has('spec') ? ['spec', 'noSuchField'] : ['noSuchField'], 1);
      await assert.rejects(dryRun(cluster, documents.map(String).join('---\n')), /noSuchField|unknown field/);
    });
  }
});

/** Server-side dry run with strict validation; rejects with what the API server says. */
async function dryRun(cluster: ControlPlane, manifests: string): Promise<void> {
  await cluster.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'], {
    input: manifests,
  });
}
