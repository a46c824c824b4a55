import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { INJECTOR } from './vaultInjector.ts';

/** The agent says which role it wants when it shows its token; without one Vault refuses it, and the pod hangs in Init. */
export const rule = defineRule({
  id: 'secret-management/injector-role-missing',
  severity: 'error',
  profile: 'recommended',
  types: WORKLOAD_TYPES,
  *check(resource) {
    const { template, podSpec } = workloadOf(resource)!;
    const annotations = template?.find('metadata', 'annotations');
    const inject = annotations?.find(`${INJECTOR}agent-inject`);
    if (!annotations || inject?.text() !== 'true') return;
    const others = ['role', 'agent-configmap', 'auth-type'].map((name) => `${INJECTOR}${name}`);
    if (!others.every((name) => annotations.lacks(name))) return;
    const account = podSpec?.text('serviceAccountName');
    yield {
      at: inject.keyPlace,
      message: `The agent of ${describe(resource)} can't log in to Vault: no ${INJECTOR}role says which role it has.`,
      fixes:
        account === undefined
          ? []
          : [
              {
                title: `Use the role ${account}`,
                safe: false,
                edits: () => [addEntry(annotations, `${INJECTOR}role`, account)],
              },
            ],
    };
  },
});
