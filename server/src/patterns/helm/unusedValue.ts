import { removeEntry, renameKey } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Finding } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { type UnusedValue, unusedValues } from '../../workspace/helm/unusedValues.ts';

/** Setting a value that no template reads changes nothing; often it was meant for a dependency, by another name. */
export const rule = defineRule({
  id: 'helm/unused-value',
  severity: 'information',
  profile: 'recommended',
  types: ['helm/Values'],
  *check({ uri }, graph): Iterable<Finding> {
    const chart = chartAt(graph, uri);
    if (!chart || chart.values?.uri !== uri) return;
    for (const value of unusedValues(graph, chart)) yield findingOf(value, chart);
  },
});

function findingOf({ node, path }: UnusedValue, chart: Chart): Finding {
  const [key = ''] = path;
  const aliased = path.length === 1 && node.kind === 'map' ? aliasOf(chart, key) : undefined;
  if (aliased !== undefined) {
    return {
      at: node.keyPlace,
      severity: 'warning',
      message: `Nothing reads the value ${key}: the dependency of that name takes its values from ${aliased}.`,
      fixes: [{ title: `Rename it to ${aliased}`, safe: true, edits: () => renameKey(node, aliased) }],
    };
  }
  const keys = chart.dependencies.map((dependency) => dependency.key).filter((name) => !chart.values?.root.find(name));
  const near = path.length === 1 && node.kind === 'map' ? nearestName(key, keys) : undefined;
  if (near !== undefined) {
    return {
      at: node.keyPlace,
      severity: 'warning',
      message: `Nothing reads the value ${key}; the dependency is called ${near}.`,
      fixes: [{ title: `Rename it to ${near}`, safe: true, edits: () => renameKey(node, near) }],
    };
  }
  return {
    at: node.keyPlace,
    message: `No template reads the value ${path.join('.')}.`,
    strict: true,
    fixes: [{ title: `Remove ${path.join('.')}`, safe: false, edits: () => [removeEntry(node)] }],
  };
}

/** The alias of the one dependency with this name that goes by another. */
function aliasOf({ dependencies }: Chart, name: string): string | undefined {
  if (dependencies.some(({ key }) => key === name)) return undefined;
  const named = dependencies.filter((dependency) => dependency.name === name);
  return named.length === 1 ? named[0]?.alias : undefined;
}
