import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, parseAllDocuments } from 'yaml';
import { snippetSources, withDefaults } from '../../scripts/snippetFiles.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { cart, changed, deploymentFor, NAMESPACE, PACKS, SERVICE, SUPPORT } from '../catalog/cartWorkload.ts';
import { exampleSnapshot } from '../catalog/exampleWorkspace.ts';
import type { ExampleFile } from '../catalog/readReadme.ts';
import { inContext } from '../catalog/snippetContext.ts';
import { type ControlPlane, startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { crdProjectNames } from '../environment/crds/projects.ts';
import { needTier } from '../environment/needTier.ts';

const patternsFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src/patterns');
const snippets = snippetSources(patternsFolder).filter(
  ({ extension, pattern }) => extension === 'yaml' && !PACKS.has(pattern),
);

/** Kinds whose CRDs can't be had from where the others come: objects of these are listed, not passed. */
const WITHOUT_CRD = /^kafka\.strimzi\.io\/|^eventing\.strimzi\.io\//;

/** Kinds of Argo Workflows whose definitions let any field into `spec`: whole ones are larger than an API server takes. */
const OPEN_SPEC = /^(?:Cron)?Workflow(?:Template)?$|^ClusterWorkflowTemplate$/;

/** What is not an object: files that tools read, not the cluster. */
const TOOL_FILES = /^kustomize\.config\.k8s\.io\/|^skaffold\//;

describe('the catalog on a real API server', () => {
  let cluster: ControlPlane;
  const counts = { accepted: 0, rejected: 0 };
  const unchecked = new Set<string>();
  const namespaces = new Set(['default']);

  before(async function () {
    this.timeout(600_000);
    await needTier(this, 'kubernetes');
    cluster = await startControlPlane({ nodes: 0 });
    await applyCustomResourceDefinitions(cluster, crdProjectNames);
  });

  after(async () => {
    const listed = [...unchecked].sort().join(', ');
    process.stdout.write(`      ${counts.accepted} objects accepted, ${counts.rejected} planted faults rejected`);
    process.stdout.write(listed === '' ? '\n' : `; not checked for want of a CRD: ${listed}\n`);
    await cluster?.stop();
  });

  for (const { prefix, text } of snippets) {
    describe(`the snippet ${prefix}`, () => ofFiles(() => inContext(withDefaults(text))));
  }

  for (const pattern of PATTERNS.filter(({ apply, id }) => apply !== undefined && !PACKS.has(id))) {
    describe(`${pattern.id} applied to a workload`, () =>
      ofFiles(() => {
        const before = [
          { name: 'deploy/namespace.yaml', text: NAMESPACE },
          { name: 'deploy/deployment.yaml', text: deploymentFor(pattern) },
          { name: 'deploy/service.yaml', text: SERVICE },
          { name: 'deploy/support.yaml', text: SUPPORT },
        ];
        const { graph } = exampleSnapshot(before);
        return changed(before, pattern.apply!(cart(graph), graph)!);
      }));
  }

  function ofFiles(files: () => readonly ExampleFile[]): void {
    it('is accepted', async () => {
      const objects = known(files());
      for (const object of objects) await haveNamespace(object.getIn(['metadata', 'namespace']));
      await dryRun(cluster, objects);
      counts.accepted += objects.length;
    });

    it('is rejected with a field that does not exist, object by object', async function () {
      this.timeout(120_000);
      for (const object of known(files())) {
        const faulty = object.clone() as Document;
        const isClosed = faulty.has('spec') && !OPEN_SPEC.test(String(faulty.get('kind')));
        faulty.setIn(isClosed ? ['spec', 'noSuchField'] : ['noSuchField'], 1);
        await assert.rejects(dryRun(cluster, [faulty]), /noSuchField|unknown field/, String(object));
        counts.rejected += 1;
      }
    });
  }

  /** A dry run creates none, and refuses objects of one that is not there. */
  async function haveNamespace(name: unknown): Promise<void> {
    if (typeof name !== 'string' || namespaces.has(name)) return;
    await cluster.kubectl(['create', 'namespace', name]);
    namespaces.add(name);
  }

  /** The objects of the files of which the cluster knows the kind. */
  function known(files: readonly ExampleFile[]): Document[] {
    return files
      .filter(({ name }) => name.endsWith('.yaml'))
      .flatMap(({ text }) => [...(parseAllDocuments(text) as Document[])])
      .filter((document) => {
        const apiVersion = document.get('apiVersion');
        const kind = document.get('kind');
        if (typeof apiVersion !== 'string' || typeof kind !== 'string' || TOOL_FILES.test(apiVersion)) return false;
        if (!WITHOUT_CRD.test(apiVersion)) return true;
        unchecked.add(`${apiVersion} ${kind}`);
        return false;
      });
  }
});

/** Server-side dry run with strict validation; rejects with what the API server says. */
async function dryRun(cluster: ControlPlane, objects: readonly Document[]): Promise<void> {
  if (objects.length === 0) return;
  await cluster.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'], {
    input: objects.map(String).join('---\n'),
  });
}
