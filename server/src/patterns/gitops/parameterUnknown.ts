import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { APPLICATION_SET } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';

const CLUSTER_PARAMETERS = ['name', 'nameNormalized', 'server', 'project', 'metadata', 'values'];

/** A template asks for a parameter that no generator gives. */
export const rule = defineRule({
  id: 'gitops/parameter-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [APPLICATION_SET],
  *check(resource, graph) {
    // In a chart, Helm fills the braces in before Argo CD sees them.
    if (graph.setOf(resource).startsWith('helm:')) return;
    const spec = resource.root.find('spec');
    const template = spec?.find('template');
    const generators = spec?.find('generators');
    if (!template || !generators || generators.open || generators.items.length === 0) return;
    const known = parametersOf(generators.items);
    if (!known) return;
    for (const { node, name } of parametersIn(template)) {
      if (known.has(name)) continue;
      const listed = [...known].slice(0, 8).join(', ');
      yield {
        at: node,
        message: `The generators of ${describe(resource)} give no parameter ${name}${listed === '' ? '' : `, only ${listed}`}.`,
      };
    }
  },
});

/** First segments of the parameters that every generator of the list may give; undefined where one gives unknown ones. */
function parametersOf(generators: readonly SourceNode[]): Set<string> | undefined {
  const all = new Set<string>();
  for (const generator of generators) {
    const own = parametersOfOne(generator);
    if (!own) return undefined;
    for (const name of own) all.add(name);
  }
  return all;
}

function parametersOfOne(generator: SourceNode): Iterable<string> | undefined {
  if (generator.open) return undefined;
  const list = generator.find('list');
  if (list) {
    const elements = list.find('elements');
    if (!elements || elements.open || list.find('elementsYaml') || elements.items.some((item) => item.open))
      return undefined;
    return elements.items.flatMap((element) => element.entries.flatMap(({ key }) => key ?? []));
  }
  const clusters = generator.find('clusters');
  if (clusters) return CLUSTER_PARAMETERS;
  const git = generator.find('git');
  if (git?.find('directories') && git.lacks('files')) return ['path', 'values'];
  for (const combined of ['matrix', 'merge']) {
    const inner = generator.find(combined, 'generators');
    if (inner) return inner.open ? undefined : parametersOf(inner.items);
  }
  return undefined;
}

function* parametersIn(node: SourceNode): Iterable<{ node: SourceNode; name: string }> {
  if (node.kind === 'map' || node.kind === 'list') {
    for (const entry of node.entries) yield* parametersIn(entry);
    return;
  }
  const text = node.source.slice(node.span);
  // What a template does beyond naming a parameter is not followed.
  for (const [, name] of text.matchAll(/\{\{-?\s*\.?([A-Za-z_]\w*)[\w.[\]-]*\s*(?:\|[^}]*)?-?\}\}/g)) {
    if (name !== undefined && !/^(?:if|else|end|range|with|index|default|toYaml|printf|normalize)$/.test(name))
      yield { node, name };
  }
}
