import { parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { describe } from '../../workspace/resource.ts';

/** Interfaces through which whoever reaches them runs programs or reads everything. */
const INTERFACES =
  /(?:^|\/)(?:jenkins|nifi|argocli|argoexec|argo-workflows|scope|kubernetes-dashboard.*|dashboard-web|centraldashboard|prometheus|alertmanager|etcd|consul|spark-master|flink|airflow|phpmyadmin|adminer|portainer|rancher)$/;

/** Programs that trust whoever reaches them stand open outside the cluster. */
export const rule = defineRule({
  id: 'network/sensitive-interface-exposed',
  severity: 'warning',
  profile: 'strict',
  types: ['Service'],
  equivalents: ['kubescape:exposed-sensitive-interfaces-v1'],
  *check(resource, graph) {
    const type = resource.root.find('spec', 'type');
    if (type?.text() !== 'LoadBalancer' && type?.text() !== 'NodePort') return;
    for (const workload of podsByLabels(resource, resource.root.find('spec', 'selector'), graph).workloads) {
      const image = workload.containers
        .map((container) => container.find('image'))
        .find((node) => INTERFACES.test(parseImageReference(node?.text() ?? '')?.repository ?? ''));
      if (!image) continue;
      yield {
        at: type,
        message: `${describe(resource)} opens ${describe(workload.resource)} (${image.text()}) outside the cluster, and it trusts whoever reaches it.`,
        related: [{ at: image, message: 'The image.' }],
      };
      return;
    }
  },
});
