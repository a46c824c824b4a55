import { addEntry, addItem, setValue } from '../../languages/yaml/yamlEdits.ts';
import { isParameter } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

const OPTION = 'CreateNamespace=true';
const BUILT_IN = /^(?:default|kube-.*|argocd)$/;

/** Nothing here makes the namespace that an Application deploys to. */
export const rule = applicationRule(
  'namespace-not-created',
  'information',
  'strict',
  function* ({ resource, spec, graph }) {
    const namespace = spec.find('destination', 'namespace');
    const name = namespace?.text();
    if (!namespace || !name || isParameter(name) || BUILT_IN.test(name)) return;
    const policy = spec.find('syncPolicy');
    const options = policy?.find('syncOptions');
    if (policy?.open || options?.open || options?.items.some((item) => item.text() === OPTION)) return;
    if (graph.all('Namespace').some((other) => other.name === name || other.name === undefined)) return;
    yield {
      at: namespace,
      message: `No file here makes the namespace ${name} that ${describe(resource)} deploys to, and neither does Argo CD.`,
      fixes: [
        {
          title: 'Let Argo CD create it',
          safe: false,
          edits: () => {
            if (options?.kind === 'list' && options.items.length > 0) return [addItem(options, OPTION)];
            if (policy?.kind === 'map') return [addEntry(policy, 'syncOptions', [OPTION])];
            return setValue(spec, ['syncPolicy', 'syncOptions'], [OPTION]);
          },
        },
      ],
    };
  },
);
