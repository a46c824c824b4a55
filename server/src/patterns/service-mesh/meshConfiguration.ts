import { parse } from 'yaml';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** What the workspace says about the mesh as a whole. Every field is undefined where no file says anything. */
export interface MeshConfiguration {
  /** False where automatic mutual TLS is switched off, so that only DestinationRules make callers use it. */
  readonly automaticMutualTls: boolean | undefined;
  /** The trust domain of the mesh and its aliases. */
  readonly trustDomains: readonly string[] | undefined;
  /** Namespaces without a label get sidecars. */
  readonly injectsByDefault: boolean | undefined;
}

/**
 * Reads the mesh's configuration wherever it is written: an IstioOperator, the ConfigMap `istio`, or the values that an
 * Argo CD Application gives to Istio's chart.
 */
export function meshConfiguration(graph: ResourceGraph): MeshConfiguration {
  return graph.memo('mesh-configuration', () => {
    const meshes: Record<string, unknown>[] = [];
    const values: Record<string, unknown>[] = [];
    for (const { root } of graph.all('install.istio.io/IstioOperator')) {
      meshes.push(asMap(root.find('spec', 'meshConfig')?.value));
      values.push(asMap(root.find('spec', 'values')?.value));
    }
    for (const { root } of graph.all('argoproj.io/Application')) {
      if (root.text('spec', 'source', 'chart') !== 'istiod') continue;
      const written = asMap(root.find('spec', 'source', 'helm', 'valuesObject')?.value);
      values.push(written);
      meshes.push(asMap(written['meshConfig']));
    }
    for (const { name, root } of graph.all('ConfigMap')) {
      if (name === undefined || !/^istio(?:-|$)/.test(name)) continue;
      meshes.push(parseMap(root.text('data', 'mesh')));
    }
    const domains = meshes.flatMap((mesh) => [mesh['trustDomain'], ...asList(mesh['trustDomainAliases'])]);
    return {
      automaticMutualTls: only(meshes.map((mesh) => mesh['enableAutoMtls'])),
      trustDomains: meshes.some((mesh) => typeof mesh['trustDomain'] === 'string')
        ? domains.filter((domain) => typeof domain === 'string')
        : undefined,
      injectsByDefault: only(
        values.map((written) => asMap(written['sidecarInjectorWebhook'])['enableNamespacesByDefault']),
      ),
    };
  });
}

/** The one truth value that is written; undefined where there is none, or two meshes differ. */
function only(written: readonly unknown[]): boolean | undefined {
  const values = new Set(written.filter((value) => typeof value === 'boolean'));
  return values.size === 1 ? [...values][0] : undefined;
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A file within a ConfigMap; one that is no YAML says nothing here. */
export function parseMap(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    return asMap(parse(text));
  } catch {
    return {};
  }
}
