import { type FunctionFault, functionFaults } from '../../languages/helm/functionFaults.ts';
import { templateOf } from '../../languages/helm/templateOf.ts';
import { defineRule } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';

/** Helm parses no template with a function that it does not have, and renders none that is called with too few or too many values. */
export const rule = defineRule({
  id: 'helm/wrong-call',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/Template'],
  equivalents: ['helm:template'],
  *check({ uri, root }, graph) {
    if (!chartAt(graph, uri)) return;
    for (const fault of functionFaults(templateOf(root.source))) {
      const near = fault.kind === 'unknown-function' ? fault.nearest : undefined;
      yield {
        at: { source: root.source, span: fault.span },
        message: messageOf(fault),
        fixes:
          near === undefined
            ? []
            : [{ title: `Use ${near}`, safe: true, edits: () => [{ uri, span: fault.span, newText: near }] }],
      };
    }
  },
});

function messageOf(fault: FunctionFault): string {
  if (fault.kind === 'unknown-function') {
    return `Helm has no function ${fault.name}${fault.nearest === undefined ? '' : `; there is ${fault.nearest}`}.`;
  }
  const { name, least, most, given } = fault;
  const wanted =
    most === Number.POSITIVE_INFINITY ? `at least ${least}` : least === most ? String(least) : `${least} to ${most}`;
  const values = wanted === '1' || wanted === 'at least 1' ? 'value' : 'values';
  return `The function ${name} takes ${wanted} ${values}, and gets ${given} here.`;
}
