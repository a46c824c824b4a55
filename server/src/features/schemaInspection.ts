import { settingsOf } from '../configuration/settings.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import { checkApiVersion } from '../schema/checkApiVersion.ts';
import { customResourceSchemas } from '../schema/customResources.ts';
import { KUSTOMIZATION_SCHEMA } from '../schema/kustomizationSchema.ts';
import type { SchemaIndex } from '../schema/schemaIndex.ts';
import type { SchemaProblem, SchemaProblemCode } from '../schema/schemaProblem.ts';
import { SchemaSet } from '../schema/schemaSet.ts';
import { validateNode, validateResource } from '../schema/validate.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import { isChosenForCluster } from './chosenForCluster.ts';
import type { Inspection } from './diagnostics.ts';

const FITS_SCHEMA = [
  'kubeconform:all',
  'kube-linter:schema-validation',
  'kube-linter:template-kubeconform',
  'istioctl:IST0106',
];
const SERVED = [
  'kube-linter:no-extensions-v1beta',
  'kube-score:stable-version',
  'trivy:KSV-0107',
  'kics:object_is_using_a_deprecated_api_version',
  'gatekeeper:verifydeprecatedapi',
  'kyverno:check-deprecated-apis',
  'kyverno:disallow-deprecated-apis',
  'popeye:403',
  'pluto:all',
  'helm:deprecations',
];

const EQUIVALENTS: Readonly<Record<SchemaProblemCode, readonly string[]>> = {
  'schema/unknown-field': FITS_SCHEMA,
  'schema/wrong-type': FITS_SCHEMA,
  'schema/missing-field': FITS_SCHEMA,
  'schema/invalid-value': [
    ...FITS_SCHEMA,
    'kube-score:label-values',
    'kics:metadata_label_is_invalid',
    'kyverno:metadata-match-regex',
  ],
  'schema/unknown-kind': FITS_SCHEMA,
  'schema/removed-api-version': SERVED,
  'schema/deprecated-api-version': SERVED,
  'schema/future-api-version': [],
};

/** Finds what does not fit the schema of its kind, with the custom resources that the workspace itself defines. */
export function schemaInspection(bundle: SchemaIndex): Inspection {
  return function* inspect(file, { graph }) {
    const index = workspaceSchemas(bundle, graph);
    const { kubernetesMinor } = settingsOf(graph, file.parsed.source.uri);
    // What a patch may bring is not missing from the file that it patches.
    const members = new Set(
      graph
        .inFile(file.parsed.source.uri)
        .flatMap(({ root, built }) => (built?.patched ? [] : (built?.written ?? root))),
    );
    // Fixes are written for YAML; an object in a Terraform file has none.
    const told = (problem: Parameters<typeof report>[0]): ReportedFinding => {
      const reported = report(problem);
      return file.language.id === 'terraform' ? { ...reported, finding: { ...reported.finding, fixes: [] } } : reported;
    };
    for (const { root, apiVersion, kind, type } of file.facts.resources) {
      if (type === 'kustomize/Kustomization') {
        for (const problem of validateNode(root, KUSTOMIZATION_SCHEMA.schema, 'package')) yield report(problem);
        continue;
      }
      if (apiVersion === '' || kind === 'Kustomization') continue;
      const version = isChosenForCluster(root, kind) ? undefined : checkApiVersion(root, index, kubernetesMinor);
      if (version && (version.code !== 'schema/unknown-kind' || version.severity === 'error')) yield told(version);
      const schema = index.forResource(apiVersion, kind);
      // A file that no set holds is a patch: what it leaves out is not missing.
      const partial = !members.has(root);
      if (schema) for (const problem of validateResource(root, schema, { partial })) yield told(problem);
    }
  };
}

/** The bundle and, above it, the CustomResourceDefinitions of the workspace. */
export function workspaceSchemas(bundle: SchemaIndex, graph: ResourceGraph): SchemaIndex {
  return graph.memo('workspace schemas', () => {
    const definitions = graph.all('apiextensions.k8s.io/CustomResourceDefinition');
    if (definitions.length === 0) return bundle;
    return bundle.with(
      new SchemaSet(
        definitions.flatMap(({ root, uri }) =>
          customResourceSchemas(root, bundle, 'workspace', uri.slice(uri.lastIndexOf('/') + 1)),
        ),
      ),
    );
  });
}

function report(problem: SchemaProblem): ReportedFinding {
  const { source } = problem.node;
  const { replacement, related } = problem;
  return {
    rule: { id: problem.code, equivalents: EQUIVALENTS[problem.code] },
    severity: problem.severity,
    finding: {
      at: { source, span: problem.span },
      message: problem.message,
      ...(related ? { related: related.map(({ span, message }) => ({ at: { source, span }, message })) } : {}),
      ...(replacement
        ? {
            fixes: [
              {
                title: replacement.title,
                safe: replacement.safe,
                edits: () => [{ uri: source.uri, span: replacement.span, newText: replacement.newText }],
              },
            ],
          }
        : {}),
    },
  };
}
